using Republic.Core;
using Republic.Core.Data;
using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Core.Lora;
using Republic.Core.Training.Weights;

namespace Republic.Web.Cli;

/// <summary><c>republic train</c>: trains an adapter in this process, without the web app.</summary>
internal static class TrainCommand
{
    public static async Task<int> RunAsync(string[] args)
    {
        if (args is [] || OptionReader.AsksForHelp(args))
        {
            Console.WriteLine(TrainArguments.Usage);
            return args is [] ? ExitCode.WrongUse : ExitCode.Done;
        }

        var arguments = TrainArguments.Parse(args);
        if (!arguments.Ok)
        {
            await Console.Error.WriteLineAsync(arguments.Failure.Message);
            return ExitCode.WrongUse;
        }

        using var stop = new StopSignals();
        return await Task.Run(() => Train(arguments.Value, stop.Token));
    }

    private static int Train(TrainArguments arguments, CancellationToken ct)
    {
        var display = new TrainDisplay(Console.Out, Console.IsOutputRedirected ? 0 : Math.Max(Console.WindowWidth, 20));
        var replay = Path.GetTempFileName();
        try
        {
            var data = DataFolder.From(new ConfigurationBuilder().AddEnvironmentVariables().Build(), Directory.GetCurrentDirectory());
            var model = GivenFile.ModelPath(arguments.Model, data);
            var from = arguments.From is { } adapter ? GivenFile.AdapterPath(adapter, data) : null;
            ReplayFile.WriteFor(model, arguments.Data, replay);
            var run = new LoraRun(model, arguments.Data, arguments.Out)
            {
                Settings = from is null ? arguments.Settings : arguments.Settings.ShapedLike(from),
                ReplayPath = replay,
                FormerAdapterPath = from,
                InitialAdapterPath = from,
                HeldOutPath = arguments.HeldOut,
                Threads = arguments.Threads > 0 ? arguments.Threads : ProcessorCores.ForTraining(model, ProcessorCores.ForModels()),
                Resume = arguments.Resume,
                Overwrite = arguments.Force,
                CheckpointEvery = TimeSpan.FromSeconds(arguments.CheckpointSeconds),
            };
            Conclude(LoraTrainer.Run(run, display, TimeProvider.System, ct), arguments, display);
            return ExitCode.Done;
        }
        catch (OperationCanceledException)
        {
            display.Line(
                File.Exists(arguments.Out + ".checkpoint")
                    ? $"Stopped. The checkpoint is {arguments.Out}.checkpoint; the same command with --resume goes on."
                    : "Stopped before there was anything to keep."
            );
            return ExitCode.Stopped;
        }
        catch (Exception e) when (e is LoraException or GgufException or IOException or UnauthorizedAccessException)
        {
            display.Line("");
            Console.Error.WriteLine(e.Message);
            return ExitCode.NotPossible;
        }
        finally
        {
            File.Delete(replay);
        }
    }

    private static void Conclude(LoraResult result, TrainArguments arguments, TrainDisplay display)
    {
        display.Line(
            result is { LossBefore: { } before, LossAfter: { } after }
                ? FormattableString.Invariant(
                    $"{result.AdapterPath}: held-out loss {before:F4} before, {after:F4} after step {result.BestStep} (of {result.Of}, {result.Steps} done), at {result.Strength:0.0#} of its strength."
                )
                : $"{result.AdapterPath}: {result.Steps} steps."
        );
        display.Line($"Try it: republic chat --model {arguments.Model} --adapter {result.AdapterPath}");
    }
}
