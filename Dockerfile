# docker build -t republic . && docker run -p 5080:5080 -v republic-data:/data republic
FROM node:22-bookworm-slim AS npm
WORKDIR /src
COPY package.json package-lock.json ./
RUN npm ci --no-audit --no-fund --omit=dev

FROM mcr.microsoft.com/dotnet/sdk:10.0 AS build
WORKDIR /src
COPY . .
COPY --from=npm /src/node_modules node_modules
RUN dotnet publish Republic.Web -c Release -o /app

# An image with glibc, which PostgreSQL and llama.cpp are built for: not the Alpine one.
FROM mcr.microsoft.com/dotnet/aspnet:10.0
WORKDIR /app
COPY --from=build /app .
# pdftotext, which reads PDF for collections.
RUN apt-get update && apt-get install -y --no-install-recommends poppler-utils && rm -rf /var/lib/apt/lists/*
RUN mkdir /data && chown $APP_UID /data
USER $APP_UID
ENV REPUBLIC_DATA=/data ASPNETCORE_URLS=http://+:5080
VOLUME /data
EXPOSE 5080
ENTRYPOINT ["./republic"]
