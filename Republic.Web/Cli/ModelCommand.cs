using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Lora.Adapters;
using Republic.Core.Lora.Loop;

namespace Republic.Web.Cli;

/// <summary><c>republic model</c>: merges an adapter into a model, or copies a model with fewer bits a weight.</summary>
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
}
