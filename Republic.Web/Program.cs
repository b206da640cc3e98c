using Republic.Web.Cli;

return await CommandLine.RunAsync(args);
