import { useEffect, useRef, useState } from 'react'
import type { Answer } from '../../shared/api.ts'
import { useFocusOnce } from '../../shared/focus.ts'
import { Icon } from '../../shared/icon.tsx'
import { useDistrict } from '../../shared/query.ts'
import { announce } from '../announce.tsx'
import { drawPicture, loadQr, PICTURE, type PictureShape } from './picture.ts'

type Item = Answer<'mediaItems'>['items'][number]

/** Ready text and picture (成稿): to be copied and downloaded. */
export function MediaReady({ item, close }: { readonly item: Item; readonly close: () => void }) {
  const first = useFocusOnce<HTMLElement>()
  const link = `${window.location.origin}/m/${item.code}`
  const texts = [
    ['标题', item.title],
    ['150 字短文', `${item.brief}\n${link}`],
    ['长文', `${item.text}\n\n查看办理情况、接着反映：${link}`],
    ['短链接', link],
  ] as const
  return (
    <section ref={first} tabIndex={-1} className="panel panel-form media-ready" aria-label={item.title}>
      <header className="page-head">
        <h2>{item.title}</h2>
        <button type="button" className="button button-small" onClick={close}>
          收起
        </button>
      </header>
      <div className="media-columns">
        <div className="media-texts">
          {texts.map(([label, text]) => (
            <section key={label} aria-label={label}>
              <header className="page-head">
                <h3>{label}</h3>
                <button type="button" className="button button-small" onClick={() => void copy(label, text)}>
                  <Icon name="copy" size={14} />
                  复制
                </button>
              </header>
              <p className="text-body">{text}</p>
            </section>
          ))}
        </div>
        <Picture item={item} link={link} />
      </div>
    </section>
  )
}

async function copy(label: string, text: string): Promise<void> {
  try {
    await navigator.clipboard.writeText(text)
    announce(`已复制${label}`)
  } catch {
    announce('浏览器不允许复制，请选中文字后自行复制')
  }
}

/** The picture as it will be downloaded. */
function Picture({ item, link }: { readonly item: Item; readonly link: string }) {
  const canvas = useRef<HTMLCanvasElement>(null)
  const [shape, setShape] = useState<PictureShape>('poster')
  const [drawn, setDrawn] = useState<PictureShape>()
  const { data: district } = useDistrict()
  useEffect(() => {
    let current = true
    if (district === undefined) return
    void loadQr(item.code).then((qr) => {
      if (!current || canvas.current === null) return
      const { title, brief, kindLabel: kind } = item
      const words = { title, brief, kind, link: link.replace(/^https?:\/\//, '') }
      drawPicture(canvas.current, shape, { ...words, district: district.name, demo: district.demo }, qr)
      setDrawn(shape)
    })
    return () => {
      current = false
    }
  }, [item, link, shape, district])
  return (
    <div className="media-picture">
      <div className="chips">
        {(Object.keys(PICTURE) as PictureShape[]).map((one) => (
          <button key={one} type="button" className="chip" aria-pressed={shape === one} onClick={() => setShape(one)}>
            {PICTURE[one].label}
          </button>
        ))}
      </div>
      <canvas ref={canvas} role="img" aria-label={`${PICTURE[shape].label}：${item.title}。${item.brief}`} />
      <button
        type="button"
        className="button"
        disabled={drawn !== shape}
        onClick={() => canvas.current && download(canvas.current, `${item.title} ${PICTURE[shape].label}.png`)}
      >
        <Icon name="download" size={14} />
        下载图片
      </button>
    </div>
  )
}

function download(canvas: HTMLCanvasElement, name: string): void {
  canvas.toBlob((blob) => {
    if (blob === null) return
    const address = URL.createObjectURL(blob)
    const anchor = Object.assign(document.createElement('a'), { href: address, download: name })
    anchor.click()
    URL.revokeObjectURL(address)
  }, 'image/png')
}
