using System.Diagnostics;
using System.Text.Json;
using Republic.Core.Llama.Gguf;
using Republic.Core.Llama.Memory;

namespace Republic.Bench;

/// <summary>
/// What <see cref="ContextPlan"/> estimates that models of random weights take in memory, against what a process takes that has
/// loaded one, filled its context and written some tokens. Each measurement is a process of its own.
/// </summary>
internal sealed class Memory(string folder, int threads)
{
    private const double MiB = 1 << 20;
    private const double GoalMiB = 16;
    private const double GoalShare = 0.1;
    private const int Longest = 8192;

    private static readonly RandomModel Grouped = new() { ContextLength = Longest };

    private static readonly (string Name, RandomModel Model, string Type)[] Models =
    [
        ("246 M, Q8_0, 16 heads on 4 of keys", Grouped, "Q8_0"),
        (
            "134 M, F16, 12 heads on 12 of keys",
            Grouped with
            {
                Width = 768,
                Layers = 12,
                Heads = 12,
                HeadsOfKeys = 12,
                FeedForward = 2048,
            },
            "F16"
        ),
        (
            "484 M, Q4_K_M, 16 heads on 2 of keys, 151,936 tokens",
            Grouped with
            {
                Layers = 22,
                HeadsOfKeys = 2,
                FeedForward = 4096,
                Vocabulary = 151_936,
                IsTied = true,
            },
            "Q4_K_M"
        ),
    ];

    public async Task RunAsync(bool isQuick)
    {
        int[] lengths = isQuick ? [2048] : [2048, Longest];
        Console.WriteLine(
            "| MiB | context | cache | estimate | measured | before the load | copies | difference | within 10 % or 16 MiB |"
        );
        Console.WriteLine("| --- | --- | --- | --- | --- | --- | --- | --- | --- |");
        foreach (var (name, model, type) in isQuick ? Models[..1] : Models)
        {
            var path = Write(model, type);
            var shape = ModelShape.Of(GgufReader.Read(path));
            foreach (var length in lengths)
            {
                foreach (var cache in new[] { "f16", "q8_0" })
                {
                    var stored = CacheType.Find(cache)!;
                    var plan = new ContextPlan(shape, new ContextSettings(length) { Keys = stored, Values = stored });
                    Print($"| {name} | {length} | {cache} |", plan.NeedBytes, await MeasureAsync(path, length, cache));
                }
            }

            File.Delete(path);
        }
    }

    private string Write(RandomModel model, string type)
    {
        var path = Path.Combine(folder, "random.gguf");
        if (GgufType.Find(type) is { } stored && GgufNumbers.CanEncode(stored))
        {
            model.Write(path, stored);
            return path;
        }

        var converted = Path.Combine(folder, "converted.gguf");
        model.Write(path, GgufType.F16);
        RandomModel.Convert(path, converted, type);
        File.Delete(path);
        return converted;
    }

    private async Task<MemoryFigures> MeasureAsync(string path, int length, string cache)
    {
        string[] arguments = [typeof(Memory).Assembly.Location, "memory-worker", path, $"{length}", cache, $"{threads}"];
        var start = new ProcessStartInfo("dotnet", arguments) { RedirectStandardOutput = true, UseShellExecute = false };
        using var process = Process.Start(start)!;
        var output = await process.StandardOutput.ReadToEndAsync();
        await process.WaitForExitAsync();
        return process.ExitCode == 0
            ? JsonSerializer.Deserialize<MemoryFigures>(output)!
            : throw new InvalidOperationException($"The process that loads {path} ended with {process.ExitCode}.");
    }

    private static void Print(string what, long estimate, MemoryFigures figures)
    {
        var measured = figures.After - figures.Copied;
        var (difference, share) = ((estimate - measured) / MiB, (double)(estimate - measured) / measured);
        var isWithin = Math.Abs(difference) <= GoalMiB || Math.Abs(share) <= GoalShare;
        Console.WriteLine(
            FormattableString.Invariant(
                $"{what} {estimate / MiB:0.0} | {measured / MiB:0.0} | {figures.Before / MiB:0.0} | {figures.Copied / MiB:0.0} | {difference:+0.0;-0.0}, {share:+0.0 %;-0.0 %} | {(isWithin ? "yes" : "no")} |"
            )
        );
    }
}
