import { ROLE } from '@banjie/contract'
import { useMutation } from '@tanstack/react-query'
import { type FormEvent, useEffect, useRef, useState } from 'react'
import { api } from '../shared/api.ts'
import { queryClient, useDistrict } from '../shared/query.ts'
import { go, usePlace } from './router.ts'

const DEMO_ACCOUNTS = [
  'clerk',
  'dispatcher',
  'handler',
  'head',
  'caller',
  'supervisor',
  'leader',
  'evaluator',
  'window',
  'auditor',
] as const

/** Sign-in (登录). In a demo the roles are listed, and choosing one fills in its account. */
export function LoginPage() {
  const { data: district } = useDistrict()
  const { query } = usePlace()
  const [account, setAccount] = useState('')
  const [password, setPassword] = useState('')
  const secret = useRef<HTMLInputElement>(null)
  const next = query.get('next')
  const signIn = useMutation({
    mutationFn: (body: { account: string; password: string }) => api('signIn', { body }),
    onSuccess: (session) => {
      queryClient.clear()
      queryClient.setQueryData(['session'], session)
      go(next?.startsWith('/w/') && !next.startsWith('/w/login') ? next : '/w/', { replace: true })
    },
  })
  useEffect(() => {
    document.title = '登录 · 办结'
  }, [])
  const submit = (event: FormEvent) => {
    event.preventDefault()
    signIn.mutate({ account: account.trim(), password })
  }
  return (
    <main className="login">
      <section className="login-house" aria-label={district?.name ?? '办结'}>
        <p className="login-product">办结 · 工作台</p>
        <h1>{district ? `${district.name}` : ' '}</h1>
        <p className="login-motto">件件有人办、有期限、有回音</p>
        {district && <Numbers numbers={district.numbers} />}
      </section>
      <div className="login-desk">
        <form className="login-form" onSubmit={submit} aria-label="登录">
          <h2>登录</h2>
          {signIn.error && (
            <p className="notice notice-bad" role="alert">
              {signIn.error.message}
            </p>
          )}
          <label className="field">
            <span className="field-label">账号</span>
            <input
              className="input"
              name="account"
              autoComplete="username"
              autoCapitalize="none"
              spellCheck={false}
              required
              value={account}
              onChange={(event) => setAccount(event.target.value)}
            />
          </label>
          <label className="field">
            <span className="field-label">口令</span>
            <input
              ref={secret}
              className="input"
              name="password"
              type="password"
              autoComplete="current-password"
              required
              value={password}
              onChange={(event) => setPassword(event.target.value)}
            />
          </label>
          <button type="submit" className="button button-primary button-wide" disabled={signIn.isPending}>
            {signIn.isPending ? '正在登录…' : '登录'}
          </button>
          {district?.demo && (
            <fieldset className="demo">
              <legend>演示账号</legend>
              <div className="demo-roles">
                {DEMO_ACCOUNTS.map((name) => (
                  <button
                    key={name}
                    type="button"
                    className="demo-role"
                    aria-pressed={account === name}
                    onClick={() => {
                      setAccount(name)
                      secret.current?.focus()
                    }}
                  >
                    {ROLE[name]}
                    <small>{name}</small>
                  </button>
                ))}
              </div>
              <p className="hint">点选角色填入账号；演示口令印在启动系统的终端里。</p>
            </fieldset>
          )}
        </form>
      </div>
    </main>
  )
}

function Numbers({
  numbers,
}: {
  readonly numbers: { readonly received: number; readonly onTime: number | null; readonly satisfied: number | null }
}) {
  const percent = (value: number | null) => (value === null ? '—' : `${value}%`)
  return (
    <dl className="login-numbers">
      <div>
        <dt>本月收到</dt>
        <dd>{numbers.received}</dd>
      </div>
      <div>
        <dt>按时答复</dt>
        <dd>{percent(numbers.onTime)}</dd>
      </div>
      <div>
        <dt>群众满意</dt>
        <dd>{percent(numbers.satisfied)}</dd>
      </div>
    </dl>
  )
}
