/** Configurations of nginx and HAProxy that do what Ringmaster does by default: keep-alive both ways, X-Forwarded-For. */

const nginxCommon = (directory: string, name: string) => `daemon off;
pid ${directory}/${name}.pid;
error_log stderr crit;
worker_processes 1;
events { worker_connections 18000; }
`;

const nginxPaths = (directory: string) =>
  ['client_body', 'proxy', 'fastcgi', 'uwsgi', 'scgi']
    .map((kind) => `${kind}_temp_path ${directory}/${kind};`)
    .join('\n');

/** nginx as a proxy with one worker. */
export function nginxProxy(directory: string, port: number, replicas: readonly number[]): string {
  const servers = replicas.map((replica) => `server 127.0.0.1:${replica};`).join(' ');
  return `${nginxCommon(directory, 'proxy')}http {
  ${nginxPaths(directory)}
  access_log off; tcp_nodelay on; keepalive_requests 100000000; keepalive_timeout 60s;
  upstream replicas { ${servers} keepalive 512; keepalive_requests 100000000; }
  server {
    listen 127.0.0.1:${port} backlog=4096;
    location / {
      proxy_pass http://replicas; proxy_http_version 1.1;
      proxy_set_header Connection ""; proxy_set_header Host $host;
      proxy_set_header X-Forwarded-For $remote_addr; proxy_set_header X-Forwarded-Proto $scheme;
      proxy_set_header X-Forwarded-Host $host;
    }
  }
}
`;
}

/** nginx as the replicas: as cheap an answer as there is, of 100 B at / and of 64 KiB at /large. */
export function nginxReplicas(directory: string, ports: readonly number[]): string {
  const listens = ports.map((port) => `listen 127.0.0.1:${port} backlog=4096;`).join(' ');
  return `${nginxCommon(directory, 'replicas')}http {
  ${nginxPaths(directory)}
  access_log off; tcp_nodelay on; keepalive_requests 100000000; keepalive_timeout 600s; default_type text/plain;
  sendfile on; open_file_cache max=10;
  server {
    ${listens}
    location /large { alias ${directory}/large; }
    location / { return 200 "${'x'.repeat(100)}"; }
  }
}
`;
}

export function haproxyConfig(port: number, replicas: readonly number[]): string {
  const servers = replicas.map((replica, i) => `  server s${i} 127.0.0.1:${replica}`).join('\n');
  return `global
  nbthread 1
  maxconn 8192
defaults
  mode http
  timeout connect 5s
  timeout client 60s
  timeout server 60s
  option forwardfor
  http-reuse always
frontend front
  bind 127.0.0.1:${port} backlog 4096
  http-request set-header X-Forwarded-Proto http
  http-request set-header X-Forwarded-Host %[req.hdr(host)]
  default_backend replicas
backend replicas
  balance roundrobin
${servers}
`;
}
