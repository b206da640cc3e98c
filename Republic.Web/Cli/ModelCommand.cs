using System.Globalization;
using Republic.Core.Data;
using Republic.Core.Lora;
using Republic.Core.ModelHost;
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

        using var stop = new StopSignals();
        try
        {
            return Do(ModelOptions.Parse(args), stop.Token);
        }
        catch (FormatException error)
        {
            Console.Error.WriteLine($"{error.Message} See republic model --help.");
            return WrongUse;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped. Nothing was written.");
            return Stopped;
        }
        catch (Exception error) when (IsExpected(error))
        {
            Console.Error.WriteLine(error.Message);
            return NotPossible;
        }
    }

    private static bool IsExpected(Exception error) =>
        error is LoraException or GgufException or IOException or UnauthorizedAccessException or InvalidDataException;

    private static int Do(ModelOptions options, CancellationToken ct)
    {
        var data = DataFolder.From(new ConfigurationBuilder().AddEnvironmentVariables().Build(), Directory.GetCurrentDirectory());
        switch (options.Verb)
        {
            case "make-sprout" when options.Has("sample"):
                SproutSample.Lines(options.Number("sample", 20)).ToList().ForEach(Console.WriteLine);
                return 0;
            case "make-sprout":
                return Make(options, ct);
            case "exam":
                var asked = ModelLookup.ModelPath(options.Text("model"), data);
                var style = options.Has("adapter") ? Adapter(options, data) : null;
                SproutExam.Run(asked, style, options.File("questions"), Console.WriteLine, ct);
                return 0;
            default:
                return Merge(options, data, ct);
        }
    }

    private static int Merge(ModelOptions options, DataFolder data, CancellationToken ct)
    {
        var (model, adapter, output) = (options.Text("model"), options.Text("adapter"), options.File("out"));
        var (type, threads) = (options.Values.GetValueOrDefault("type"), options.Number("threads", 1));
        model = ModelLookup.ModelPath(model, data);
        adapter = Adapter(options, data);
        var result = AdapterMerge.Run(model, adapter, output, type, threads, ct);
        Console.WriteLine(
            FormattableString.Invariant(
                $"{result.Path}: on 20 prompts it differs from model and adapter together by {result.Difference:P3} of the loss ({result.LossMerged:F4}, {result.LossTogether:F4}); the adapter's own effect is {result.Effect:P1}."
            )
        );
        return 0;
    }

    private static string Adapter(ModelOptions options, DataFolder data)
    {
        var given = options.Text("adapter");
        var colon = given.LastIndexOf(':');
        var scaled = colon > 0 && double.TryParse(given.AsSpan(colon + 1), NumberStyles.Float, CultureInfo.InvariantCulture, out _);
        return scaled && !File.Exists(given)
            ? throw new FormatException($"--adapter {given}: here an adapter counts in full; leave out {given[colon..]}.")
            : ModelLookup.AdapterPath(given, data);
    }

    private static int Make(ModelOptions options, CancellationToken ct)
    {
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
            run.Make(Console.WriteLine, ct);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine($"Stopped. The same command goes on from {run.Checkpoint}.");
            return Stopped;
        }
    }
}
