using Republic.Core.ModelHost;

namespace Republic.Web.Cli;

/// <summary><c>republic model-host</c>: the process that runs local models; the web process starts it.</summary>
internal static class ModelHostCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        var arguments = ModelHostArguments.Parse(args);
        if (!arguments.Ok)
        {
            await Console.Error.WriteLineAsync(arguments.Failure.Message);
            return 2;
        }

        return await ModelHostProgram.RunAsync(arguments.Value, Console.In, Console.Out);
    }
}
