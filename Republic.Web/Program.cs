using Republic.Web;
using Republic.Web.Cli;

try
{
    if (args is ["--demo", ..])
    {
        return await DemoCommand.RunAsync(args[1..]);
    }

    if (args is ["model-host", ..])
    {
        return await ModelHostCommand.RunAsync(args[1..]);
    }

    if (args is ["chat", ..])
    {
        return await ChatCommand.RunAsync(args[1..]);
    }

    if (args is ["model", ..])
    {
        return ModelCommand.Run(args[1..]);
    }

    if (args is ["train", ..])
    {
        return await TrainCommand.RunAsync(args[1..]);
    }

    await using var app = await RepublicApp.BuildAsync(args);
    await app.RunAsync();
    return 0;
}
catch (Exception error) when (StartFailure.Explain(error) is { } words)
{
    await Console.Error.WriteLineAsync($"Republic does not start. {words}");
    return 78;
}
