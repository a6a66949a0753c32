# The version is that of the development dependency "node"; a test compares them.
FROM node:24.21.0-slim AS packages
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
RUN npm ci --omit=dev --ignore-scripts

FROM node:24.21.0-slim
ENV NODE_ENV=production PORT=3978
WORKDIR /app
COPY --from=packages /app/node_modules node_modules
COPY package.json ./
COPY src src
COPY scripts scripts
# For the doctor: what it compares the tenant and the Teams package with.
COPY appPackage appPackage
COPY infra/exemption-desk-role.json infra/
# All of /app belongs to root; with DATABASE_URL set nothing is ever written, so the root file system may be read-only.
USER 1000:1000
EXPOSE 3978
HEALTHCHECK --interval=30s --timeout=5s --start-period=60s CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/healthz`).then(({ ok }) => process.exit(ok ? 0 : 1), () => process.exit(1))"]
CMD ["node", "src/main.ts"]
