using Microsoft.Extensions.Configuration;
using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Sprout.Dialogues;
using Republic.Sprout.Exams;
using Republic.Sprout.Intents;
using Republic.Sprout.Making;

namespace Republic.Sprout;

internal static class Program
{
    public static int Main(string[] args)
    {
        if (OptionReader.AsksForHelp(args))
        {
            Console.WriteLine(SproutArguments.Usage);
            return 0;
        }

        var arguments = SproutArguments.Parse(args);
        if (!arguments.Ok)
        {
            Console.Error.WriteLine(arguments.Failure.Message);
            return 2;
        }

        using var stop = new CancellationTokenSource();
        Console.CancelKeyPress += (_, pressed) =>
        {
            // A second Ctrl+C ends the process.
            pressed.Cancel = !stop.IsCancellationRequested;
            stop.Cancel();
        };
        try
        {
            Do(arguments.Value, stop.Token);
            return 0;
        }
        catch (OperationCanceledException)
        {
            Console.WriteLine("Stopped. dev/sprout make goes on from its checkpoint.");
            return 130;
        }
        catch (Exception error)
            when (error is LoraException or GgufException or IOException or UnauthorizedAccessException or InvalidDataException)
        {
            Console.Error.WriteLine(error.Message);
            return 1;
        }
    }

    private static void Do(SproutArguments arguments, CancellationToken ct)
    {
        switch (arguments.Verb)
        {
            case "sample":
                SproutSample.Lines(arguments.Count).ToList().ForEach(Console.WriteLine);
                break;
            case "words":
                var words = SproutWords.Of(arguments.Count);
                File.WriteAllLines(Path.GetFullPath(arguments.Out), words);
                Console.WriteLine($"{words.Count} words");
                break;
            case "intents":
                SproutIntents.Make(
                    ModelOf(arguments),
                    VectorsOf(arguments)!,
                    arguments.Count,
                    Path.GetFullPath(arguments.Out),
                    Console.WriteLine,
                    ct
                );
                break;
            case "replay":
                SproutReplay.Make(ModelOf(arguments).Path, VectorsOf(arguments)!, arguments.Count, Path.GetFullPath(arguments.Out));
                break;
            case "mean":
                SproutMean.Make([.. arguments.Models.Split(',').Select(Path.GetFullPath)], Path.GetFullPath(arguments.Out));
                break;
            case "make":
                Make(arguments, ct);
                break;
            case "length":
                LengthExam.Run(ModelOf(arguments), Path.GetFullPath(arguments.Questions), arguments.Count, Console.WriteLine, ct);
                break;
            default:
                SproutExam.Run(
                    ModelOf(arguments),
                    VectorsOf(arguments),
                    Path.GetFullPath(arguments.Questions),
                    arguments.Count,
                    Console.WriteLine,
                    ct
                );
                break;
        }
    }

    private static ExamModel ModelOf(SproutArguments arguments)
    {
        var adapter = arguments.Adapter is { } given ? GivenFile.AdapterPath(given, Data) : null;
        return new(GivenFile.ModelPath(arguments.Model, Data), adapter, arguments.Sampling);
    }

    private static string? VectorsOf(SproutArguments arguments) => arguments.Vectors is { } given ? GivenFile.ModelPath(given, Data) : null;

    private static DataFolder Data =>
        DataFolder.From(new ConfigurationBuilder().AddEnvironmentVariables().Build(), Directory.GetCurrentDirectory());

    private static void Make(SproutArguments arguments, CancellationToken ct)
    {
        var output = Path.GetFullPath(arguments.Out);
        var checkpoint = Path.GetFullPath(arguments.Checkpoint ?? output + ".checkpoint");
        var from = arguments.From is { } given ? Path.GetFullPath(given) : null;
        var run = new SproutRun(output, checkpoint, from, arguments.Seed, arguments.Threads) { Steps = arguments.Steps };
        run.Make(Console.WriteLine, ct);
    }
}
