using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Datasets;
using Republic.Core.Lora;
using Republic.Core.ModelHost.Files;
using Republic.Core.ModelHost.Gguf;
using Republic.Core.ModelHost.Quantizing;
using Republic.Core.Sprout;

namespace Republic.Web.Cli;

/// <summary><c>republic model</c>: makes the built-in model anew from its corpus, measures a model by its exam, and merges an adapter into one.</summary>
internal static class ModelCommand
{
    public static int Run(string[] args)
    {
        if (OptionReader.AsksForHelp(args) || args is [_, "--help" or "-h", ..])
        {
            Console.WriteLine(ModelArguments.Usage);
            return ExitCode.Done;
        }

        var arguments = ModelArguments.Parse(args);
        if (!arguments.Ok)
        {
            Console.Error.WriteLine(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        using var stop = new StopSignals();
        try
        {
            return Do(arguments.Value, stop.Token);
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped. Nothing was written.");
            return ExitCode.Stopped;
        }
        catch (Exception error) when (IsExpected(error))
        {
            Console.Error.WriteLine(error.Message);
            return ExitCode.NotPossible;
        }
    }

    private static bool IsExpected(Exception error) =>
        error
            is LoraException
                or GgufException
                or IOException
                or UnauthorizedAccessException
                or InvalidDataException
                or OutOfMemoryException
                or DeviceMemoryException;

    private static int Do(ModelArguments arguments, CancellationToken ct)
    {
        var data = DataFolder.From(new ConfigurationBuilder().AddEnvironmentVariables().Build(), Directory.GetCurrentDirectory());
        switch (arguments)
        {
            case { Sample: { } count }:
                SproutSample.Lines(count).ToList().ForEach(Console.WriteLine);
                return ExitCode.Done;
            case { Verb: "make-sprout", Mean: { } files }:
                SproutMean.Make([.. files.Split(',').Select(Path.GetFullPath)], Path.GetFullPath(arguments.Out));
                return ExitCode.Done;
            case { Verb: "make-sprout" }:
                return Make(arguments, ct);
            case { Verb: "exam" }:
                var asked = GivenFile.ModelPath(arguments.Model, data);
                var style = arguments.Adapter is { } adapter ? GivenFile.AdapterPath(adapter, data) : null;
                SproutExam.Run(asked, style, Path.GetFullPath(arguments.Questions), Console.WriteLine, ct);
                return ExitCode.Done;
            case { Verb: "quantize" }:
                return Quantize(arguments, data);
            default:
                return Merge(arguments, data, ct);
        }
    }

    private static int Merge(ModelArguments arguments, DataFolder data, CancellationToken ct)
    {
        var model = GivenFile.ModelPath(arguments.Model, data);
        var adapter = GivenFile.AdapterPath(arguments.Adapter!, data);
        var result = AdapterMerge.Run(model, adapter, Path.GetFullPath(arguments.Out), arguments.Type, arguments.Threads, ct);
        Console.WriteLine(
            FormattableString.Invariant(
                $"{result.Path}: on 20 prompts it differs from model and adapter together by {result.Difference:P3} of the loss ({result.LossMerged:F4}, {result.LossTogether:F4}); the adapter's own effect is {result.Effect:P1}."
            )
        );
        return ExitCode.Done;
    }

    private static int Quantize(ModelArguments arguments, DataFolder data)
    {
        var model = GivenFile.ModelPath(arguments.Model, data);
        var copy = arguments.Out.Length > 0 ? Path.GetFullPath(arguments.Out) : ModelQuantizer.PathOf(model, arguments.Type!);
        ModelQuantizer.Run(model, copy, arguments.Type!, arguments.Threads);
        Console.WriteLine(
            FormattableString.Invariant(
                $"{copy}: {ByteSize.Of(new FileInfo(copy).Length)} in place of {ByteSize.Of(new FileInfo(model).Length)}. Adapters are trained on it anew: those of the original fit the original alone."
            )
        );
        return ExitCode.Done;
    }

    private static int Make(ModelArguments arguments, CancellationToken ct)
    {
        var output = Path.GetFullPath(arguments.Out);
        var checkpoint = Path.GetFullPath(arguments.Checkpoint ?? output + ".checkpoint");
        try
        {
            var from = arguments.From is { } given ? Path.GetFullPath(given) : null;
            var run = new SproutRun(output, checkpoint, from, arguments.Seed, arguments.Threads) { Steps = arguments.Steps };
            run.Make(Console.WriteLine, ct);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped. The same command goes on from {checkpoint}.");
            return ExitCode.Stopped;
        }
    }
}
