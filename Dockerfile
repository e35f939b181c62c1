# docker build -t planlint .
# docker run --rm --network none -v "$PWD:/plans:ro" planlint check
FROM rust:1-alpine AS build
RUN apk add --no-cache musl-dev
WORKDIR /src
COPY . .
RUN cargo build --release --locked --bin planlint

FROM alpine:3
# git is for --since and --staged; a mounted folder belongs to somebody else.
RUN apk add --no-cache git && git config --system --add safe.directory '*'
COPY --from=build /src/target/release/planlint /usr/local/bin/planlint
WORKDIR /plans
ENTRYPOINT ["planlint"]
CMD ["check"]
