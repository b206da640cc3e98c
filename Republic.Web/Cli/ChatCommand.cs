using System.Runtime.InteropServices;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Inference.Chat;

namespace Republic.Web.Cli;

/// <summary><c>republic chat</c>: talk to a local model, with or without adapters, without the web app.</summary>
internal static class ChatCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (OptionReader.AsksForHelp(args))
        {
            Console.WriteLine(ChatArguments.Usage);
            return ExitCode.Done;
        }

        var arguments = ChatArguments.Parse(args);
        if (!arguments.Ok)
        {
            await Console.Error.WriteLineAsync(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        using var interrupt = new ChatInterrupt(someoneTypes: !Console.IsInputRedirected);
        using var signal = PosixSignalRegistration.Create(PosixSignal.SIGINT, context => context.Cancel = interrupt.Press());
        var data = DataFolder.From(new ConfigurationBuilder().AddEnvironmentVariables().Build(), Directory.GetCurrentDirectory());
        var prompt = Console.IsInputRedirected ? "" : "> ";
        return await ChatProgram.RunAsync(arguments.Value, data, (Console.In, Console.Out, prompt), interrupt);
    }
}
