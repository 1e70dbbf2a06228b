# The web host with one worker beside it, for use with a PostgreSQL of its own (compose.yaml).
#   docker build --target web --tag arena .

FROM node:22-bookworm-slim AS npm
WORKDIR /source
COPY package.json package-lock.json .npmrc ./
# only what the site and the runner need: compose brings a PostgreSQL
RUN npm ci --omit=optional

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /source
COPY . .
COPY --from=npm /source/node_modules node_modules
# The host looks for the worker in its folder 'worker', the worker for the runner in its folder 'runner'.
RUN dotnet publish src/Arena.Web -c Release -o /app \
 && dotnet publish src/Arena.Worker -c Release -o /app/worker \
 && dotnet publish src/Arena.Runner -c Release -o /app/worker/runner \
 && cp -r eval-suites /app/eval-suites \
 && case "$(uname -m)" in x86_64) cpu=x64 ;; aarch64) cpu=arm64 ;; *) echo "no ONNX Runtime for $(uname -m)" >&2; exit 1 ;; esac \
 && cp "node_modules/onnxruntime-node/bin/napi-v6/linux/$cpu/libonnxruntime.so.1" /app/worker/ \
 && mkdir /data

FROM mcr.microsoft.com/dotnet/aspnet:10.0 AS web
WORKDIR /app
COPY --from=build /app .
# $APP_UID is the user without rights that the base image brings
COPY --from=build --chown=$APP_UID:$APP_UID /data /data
ENV ASPNETCORE_URLS=http://+:8080 \
    Arena__Data=/data \
    Arena__Suites=/app/eval-suites \
    ARENA_ONNXRUNTIME=/app/worker/libonnxruntime.so.1 \
    XDG_CACHE_HOME=/data/cache
VOLUME /data
EXPOSE 8080
USER $APP_UID
# the image has no curl; bash can talk to a port
HEALTHCHECK --interval=10s --timeout=6s --start-period=60s --retries=3 \
  CMD ["bash", "-c", "exec 3<>/dev/tcp/127.0.0.1/8080 && printf 'GET /health/ready HTTP/1.1\\r\\nHost: localhost\\r\\nConnection: close\\r\\n\\r\\n' >&3 && head -n 1 <&3 | grep -q ' 200 '"]
ENTRYPOINT ["dotnet", "Arena.Web.dll"]
