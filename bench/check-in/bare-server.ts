import { createServer } from 'node:http'
import pg from 'pg'

/** The limit over HTTP: parse the body, insert one row, answer. Started as a process of its own. */
const pool = new pg.Pool({ connectionString: process.env.DATABASE_URL, max: 16 })
const server = createServer((request, response) => {
  let text = ''
  request.on('data', (piece) => {
    text += piece
  })
  request.on('end', async () => {
    const body = JSON.parse(text) as { value: string; note: string }
    const { rows } = await pool.query({
      name: 'bare',
      text: 'insert into plain (organization_id, value, note) values ($1, $2, $3) returning id',
      values: [process.env.ORGANIZATION_ID, body.value, body.note],
    })
    response.writeHead(201, { 'content-type': 'application/json' })
    response.end(JSON.stringify({ id: rows[0].id, ...body }))
  })
})
server.listen(0, '127.0.0.1', () => {
  const address = server.address()
  process.send?.({ port: typeof address === 'object' && address ? address.port : 0 })
})
process.on('disconnect', () => process.exit(0))
