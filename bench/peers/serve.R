# Runs an R peer script one measurement at a time, on request; the protocol is that of serve.py.
# Rscript serve.R PEERS SCRIPT [ARG...]
arguments <- base::commandArgs(TRUE)
peers <- arguments[1]; script <- arguments[2]
base::source(file.path(peers, "common.R"))
requests <- file("stdin"); open(requests, "r")
say <- function(...) { cat(jsonlite::toJSON(list(...), auto_unbox = TRUE, digits = 12), "\n", sep = ""); flush(stdout()) }
bench <- function(job, peer, size, f, ...) {
  say(job = job, peer = peer)
  repeat {
    line <- readLines(requests, 1)
    if (length(line) == 0) quit("no")
    if (line == "next") return(invisible(NULL))
    gc(FALSE)
    t <- system.time(check <- f(), gcFirst = FALSE)
    say(wall = t[["elapsed"]], cpu = sum(t[c(1, 2, 4, 5)], na.rm = TRUE), check = check)
  }
}
source <- function(...) invisible(NULL)  # the script's own common.R would undo the above
commandArgs <- function(...) arguments[-(1:2)]
# A peer needs only the packages of the jobs that are asked for.
library <- function(package, ...) {
  tryCatch(suppressWarnings(base::library(as.character(substitute(package)), character.only = TRUE)), error = function(e) NULL)
}
base::source(script)
