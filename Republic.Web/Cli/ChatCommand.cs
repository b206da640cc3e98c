using Republic.Core.Data;
using Republic.Core.ModelHost;

namespace Republic.Web.Cli;

/// <summary><c>republic chat</c>: talk to a local model, with or without adapters, without the web app.</summary>
internal static class ChatCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = ChatArguments.Parse(args);
        if (!arguments.Ok)
        {
            await Console.Error.WriteLineAsync(arguments.Failure.Message);
            return 2;
        }

        using var interrupted = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            interrupted.Cancel();
        };
        var data = DataFolder.From(new ConfigurationBuilder().AddEnvironmentVariables().Build(), Directory.GetCurrentDirectory());
        var prompt = Console.IsInputRedirected ? "" : "> ";
        return await ChatProgram.RunAsync(arguments.Value, data, (Console.In, Console.Out, prompt), interrupted.Token);
    }
}
