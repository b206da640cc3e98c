using Republic.Core;
using Republic.Core.Inference;
using Republic.Core.Trainer;

namespace Republic.Web.Cli;

/// <summary>
/// <c>republic model-host</c>: the process that runs local models, and with <c>--train</c> the one that trains an adapter,
/// with <c>--measure</c> one that measures losses; the web process starts them.
/// </summary>
internal static class ModelHostCommand
{
    private const string Usage = """
        republic model-host is started by the web app, as a process of its own. By hand:

          --models <folder>, --adapters <folder>   GGUF files; each may be given several times
          --socket <path>                          Unix socket to listen on; without it a free port of this machine
          --threads, --sequences, --context, --memory-mb, --queue   whole numbers above 0
          --train                                  alone: trains as the order says that comes on standard input
          --measure                                alone: measures the loss of rows as such an order says
          --retention                              alone: measures what one version keeps of another, as such an order says
          --quantize                               alone: copies a model as such an order says
        """;

    public static async Task<int> RunAsync(string[] args)
    {
        if (OptionReader.AsksForHelp(args))
        {
            Console.WriteLine(Usage);
            return ExitCode.Done;
        }

        if (args is ["--train"])
        {
            return await TrainingProgram.RunAsync(Console.In, Console.Out);
        }

        if (args is ["--measure"])
        {
            return await LossProgram.RunAsync(Console.In, Console.Out);
        }

        if (args is ["--retention"])
        {
            return await RetentionProgram.RunAsync(Console.In, Console.Out);
        }

        if (args is ["--quantize"])
        {
            return await QuantizeProgram.RunAsync(Console.In, Console.Out);
        }

        var arguments = ModelHostArguments.Parse(args);
        if (!arguments.Ok)
        {
            await Console.Error.WriteLineAsync(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        return await ModelHostProgram.RunAsync(arguments.Value, Console.In, Console.Out);
    }
}
