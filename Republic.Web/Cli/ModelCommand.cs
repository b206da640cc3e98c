using Republic.Core.Lora;
using Republic.Core.ModelHost.Gguf;
using Republic.Core.Sprout;

namespace Republic.Web.Cli;

/// <summary><c>republic model</c>: makes the built-in model anew from its corpus, measures a model by its exam, and merges an adapter into one.</summary>
internal static class ModelCommand
{
    private const int NotPossible = 1;
    private const int WrongUse = 2;
    private const int Stopped = 130;

    public static int Run(string[] args)
    {
        if (args is ["--help" or "-h", ..] or [_, "--help" or "-h", ..])
        {
            Console.WriteLine(ModelOptions.Usage);
            return 0;
        }

        try
        {
            var options = ModelOptions.Parse(args);
            switch (options.Verb)
            {
                case "make-sprout" when options.Has("sample"):
                    SproutSample.Lines(options.Number("sample", 20)).ToList().ForEach(Console.WriteLine);
                    return 0;
                case "make-sprout":
                    return Make(options);
                case "exam":
                    SproutExam.Run(options.File("model"), options.FileOrNull("adapter"), options.File("questions"), Console.WriteLine);
                    return 0;
                case "merge":
                    return Merge(options);
                default:
                    throw new FormatException($"There is no command \"model {options.Verb}\".");
            }
        }
        catch (Exception error) when (error is FormatException or IOException or InvalidDataException)
        {
            Console.Error.WriteLine($"{error.Message}\n\n{ModelOptions.Usage}");
            return WrongUse;
        }
    }

    private static int Merge(ModelOptions options)
    {
        try
        {
            var (model, adapter, output) = (options.File("model"), options.File("adapter"), options.File("out"));
            var type = options.Values.GetValueOrDefault("type");
            var result = AdapterMerge.Run(model, adapter, output, type, options.Number("threads", 1), CancellationToken.None);
            Console.WriteLine(
                FormattableString.Invariant(
                    $"{result.Path}: on 20 prompts it differs from model and adapter together by {result.Difference:P3} of the loss ({result.LossMerged:F4}, {result.LossTogether:F4})."
                )
            );
            return 0;
        }
        catch (Exception error) when (error is LoraException or GgufException)
        {
            Console.Error.WriteLine(error.Message);
            return NotPossible;
        }
    }

    private static int Make(ModelOptions options)
    {
        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, key) =>
        {
            key.Cancel = true;
            stop.Cancel();
        };
        var output = options.File("out");
        var run = new SproutRun(
            output,
            options.FileOrNull("checkpoint") ?? output + ".checkpoint",
            options.Number("steps", SproutRun.UsualSteps),
            options.Number("seed", 1),
            options.Number("threads", 1)
        );
        try
        {
            run.Make(Console.WriteLine, stop.Token);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped. The same command goes on from {run.Checkpoint}.");
            return Stopped;
        }
    }
}
