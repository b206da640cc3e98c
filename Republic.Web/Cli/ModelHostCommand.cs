using Republic.Core.ModelHost;
using Republic.Core.ModelHost.Training;

namespace Republic.Web.Cli;

/// <summary>
/// <c>republic model-host</c>: the process that runs local models, and with <c>--train</c> the one that trains an adapter; the
/// web process starts them.
/// </summary>
internal static class ModelHostCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is ["--train"])
        {
            return await TrainingProgram.RunAsync(Console.In, Console.Out);
        }

        var arguments = ModelHostArguments.Parse(args);
        if (!arguments.Ok)
        {
            await Console.Error.WriteLineAsync(arguments.Failure.Message);
            return 2;
        }

        return await ModelHostProgram.RunAsync(arguments.Value, Console.In, Console.Out);
    }
}
