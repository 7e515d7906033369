/**
 * What the pages gain where scripts run: printing with one tap, and a voice note recorded on the spot. Every page is complete without it, so it is
 * small and comes from our own address as the content policy demands. The recording is put into the file field, as if it had been chosen there.
 */
export const PORTAL_SCRIPT = `'use strict'
for (const button of document.querySelectorAll('[data-print]')) {
  button.hidden = false
  button.addEventListener('click', () => window.print())
}
const SECONDS = 60
for (const box of document.querySelectorAll('[data-recorder]')) {
  const field = document.getElementById(box.dataset.recorder)
  const [button, told] = box.children
  if (!window.MediaRecorder || !navigator.mediaDevices) continue
  box.hidden = false
  let recorder
  let left = SECONDS
  const stop = () => recorder && recorder.state === 'recording' && recorder.stop()
  button.addEventListener('click', async () => {
    if (recorder && recorder.state === 'recording') return stop()
    let stream
    try {
      stream = await navigator.mediaDevices.getUserMedia({ audio: true })
    } catch {
      told.textContent = '没有打开话筒，请允许使用话筒，或在下面选择录好的文件。'
      return
    }
    const parts = []
    recorder = new MediaRecorder(stream)
    recorder.addEventListener('dataavailable', (event) => parts.push(event.data))
    recorder.addEventListener('stop', () => {
      for (const track of stream.getTracks()) track.stop()
      clearInterval(ticking)
      const type = (recorder.mimeType || 'audio/webm').split(';')[0]
      const kept = new DataTransfer()
      kept.items.add(new File(parts, '语音留言.' + (type === 'audio/mp4' ? 'm4a' : type.slice(6)), { type }))
      field.files = kept.files
      button.textContent = '重新录音'
      told.textContent = '已录 ' + (SECONDS - Math.max(left, 0)) + ' 秒，随表提交。'
    })
    left = SECONDS
    const tick = () => {
      told.textContent = '正在录音，还剩 ' + left + ' 秒'
      if (left-- === 0) stop()
    }
    recorder.start()
    button.textContent = '说完了，停止'
    tick()
    const ticking = setInterval(tick, 1000)
  })
}
`
