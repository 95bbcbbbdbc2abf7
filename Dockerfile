# Justuju in front of a Meilisearch of the operator's (MEILI_URL); see docker-compose.yml.
# No engine is in this image: production uses the official Meilisearch image.

FROM node:20-slim AS build
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tokenizer/package.json tokenizer/
COPY search-box/package.json search-box/
# With the optional packages: the native parts of the bundler of the search page are such. This stage is thrown away.
RUN npm ci --no-audit --no-fund
COPY . .
RUN npm run build

FROM node:20-slim AS modules
WORKDIR /app
COPY package.json package-lock.json .npmrc ./
COPY tokenizer/package.json tokenizer/
COPY search-box/package.json search-box/
# The native part of lmdb is an optional package; so is the engine, which is not wanted here.
RUN npm ci --omit=dev --no-audit --no-fund && rm -rf node_modules/@gaubee

FROM node:20-slim
ENV NODE_ENV=production \
    HOST=0.0.0.0 \
    PORT=3000 \
    DATA_DIR=/data
WORKDIR /app
# Everything belongs to root and is only read, but /data: the stores that searches are ranked by, and what readers looked for, which cannot be built again. A volume keeps them over an update.
RUN install -d -o node -g node /data
VOLUME /data
COPY --from=modules /app/node_modules node_modules
COPY package.json LICENSE ./
COPY samples samples
COPY seed/data seed/data
# node_modules/@justuju/urdu is a link to this folder.
COPY --from=build /app/tokenizer tokenizer
COPY --from=build /app/dist dist
USER node
EXPOSE 3000
HEALTHCHECK --interval=5s --timeout=5s --start-period=30s --retries=3 \
  CMD ["node", "-e", "fetch(`http://127.0.0.1:${process.env.PORT}/health`).then((r) => process.exit(r.ok ? 0 : 1), () => process.exit(1))"]
# Not through npm: `docker stop` signals this process, which answers what it has begun and ends.
CMD ["node", "dist/server/main.js"]
