using Republic.Core;
using Republic.Core.Lora;
using Republic.Core.Lora.Loop;

namespace Republic.Web.Cli;

/// <summary>The command line of <c>republic train</c>.</summary>
/// <param name="Threads">0 takes what suits the machine.</param>
internal sealed record TrainArguments(
    string Model,
    string Data,
    string Out,
    LoraSettings Settings,
    int Threads = 0,
    bool Resume = false,
    bool Force = false,
    int CheckpointSeconds = 30,
    string? HeldOut = null,
    string? From = null
)
{
    public const string Usage = """
        republic train --model <file or name> --data <rows.jsonl> --out <adapter.gguf> [options]

        Trains a LoRA adapter on conversations, one per line of JSON: {"messages": [{"role": …, "content": …}, …]} or
        {"prompt": …, "completion": …}, or in any other form that a dataset may have. The adapter is a GGUF file for llama.cpp:
        republic chat --adapter <adapter.gguf>.

          --from <adapter.gguf>         an adapter of this model to go on from, whose rank, alpha and target modules the new one has;
                                        without it the run begins from the model alone
          --rank                        size of the change; chosen: 16, above 50 M parameters 32 from 2,000 rows on, 64 from 20,000
          --alpha                       its strength, divided by the rank; chosen: twice the rank
          --dropout 0                   share of inputs left out while learning
          --target-modules q,k,v,o,gate,up,down
          --learning-rate               chosen for the model: 0.001 below 50 M parameters, else 0.0002
          --epochs                      chosen for the data: at most 20; about 550 steps below 50 M parameters, else 400; 250 without replay
          --replay                      answers of the model itself that are learned beside each row, so that it keeps
                                        them; chosen: 8 below 50 M parameters, else 1; 0 learns the rows alone
          --batch-size 4                rows per batch
          --gradient-accumulation 1     batches per step
          --max-length 512              tokens of a row; what is longer is cut
          --seed 1
          --early-stopping-patience 5   validations without progress before it ends; 0 never
          --weight-decay 0.01
          --warm-up-share 0.05          share of the steps in which the learning rate rises
          --clip-norm 1                 longest gradient; 0 is any
          --validation-share            share of the groups of nearly equal rows held out to measure with; chosen:
                                        a tenth, up to a quarter where rows are few
          --held-out <rows.jsonl>       rows to measure with, instead of a share of the data
          --threads                     chosen for model and machine
          --checkpoint-seconds 30       what a crash may cost
          --resume                      go on from the checkpoint beside the adapter
          --force                       replace an adapter of that name

        Ctrl+C writes a checkpoint. Exit codes: 0 done, 1 not possible, 2 wrong command line, 130 stopped.
        """;

    private static readonly string[] Names =
    [
        "--model",
        "--data",
        "--out",
        "--from",
        "--rank",
        "--alpha",
        "--dropout",
        "--target-modules",
        "--learning-rate",
        "--epochs",
        "--replay",
        "--batch-size",
        "--gradient-accumulation",
        "--max-length",
        "--seed",
        "--early-stopping-patience",
        "--weight-decay",
        "--warm-up-share",
        "--clip-norm",
        "--validation-share",
        "--held-out",
        "--threads",
        "--checkpoint-seconds",
    ];

    /// <summary>What an adapter that a run goes on from has already.</summary>
    private static readonly string[] Shape = ["--rank", "--alpha", "--target-modules"];

    public static Outcome<TrainArguments> Parse(IReadOnlyList<string> args)
    {
        var options = new OptionReader("republic train", args, Names, "--resume", "--force");
        var read = new TrainArguments(
            options.Needed("--model"),
            options.Needed("--data"),
            options.Needed("--out"),
            SettingsOf(options),
            options.Whole("--threads", 1, 512) ?? 0,
            options.Has("--resume"),
            options.Has("--force"),
            options.Whole("--checkpoint-seconds", 0) ?? 30,
            options.Text("--held-out"),
            options.Text("--from")
        );
        foreach (var option in Shape.Where(option => read.From is not null && options.Text(option) is not null))
        {
            options.Note(option, $"{option} does not go with --from, which takes it from the adapter.");
        }

        foreach (var wrong in read.Settings.Validate()?.Fields ?? [])
        {
            // The settings' own words, in which batch_size is --batch-size.
            var option = "--" + wrong.Field.Replace('_', '-');
            options.Note(option, option + wrong.Message[wrong.Field.Length..]);
        }

        return options.Problem is { } problem ? problem : read;
    }

    /// <summary>Ranges are checked by the settings themselves; here a value only has to be a number where one is needed.</summary>
    private static LoraSettings SettingsOf(OptionReader options)
    {
        var usual = new LoraSettings();
        return new LoraSettings
        {
            Rank = options.Whole("--rank"),
            Alpha = (float?)options.Real("--alpha"),
            Dropout = (float)(options.Real("--dropout") ?? usual.Dropout),
            TargetModules =
                options.Text("--target-modules")?.Split([',', ' '], StringSplitOptions.RemoveEmptyEntries) ?? usual.TargetModules,
            LearningRate = options.Real("--learning-rate"),
            Epochs = options.Whole("--epochs"),
            Replay = options.Real("--replay"),
            BatchSize = options.Whole("--batch-size") ?? usual.BatchSize,
            GradientAccumulation = options.Whole("--gradient-accumulation") ?? usual.GradientAccumulation,
            MaxLength = options.Whole("--max-length") ?? usual.MaxLength,
            Seed = options.Whole("--seed") ?? usual.Seed,
            EarlyStoppingPatience = options.Whole("--early-stopping-patience") ?? usual.EarlyStoppingPatience,
            WeightDecay = (float)(options.Real("--weight-decay") ?? usual.WeightDecay),
            WarmUpShare = options.Real("--warm-up-share") ?? usual.WarmUpShare,
            ClipNorm = options.Real("--clip-norm") ?? usual.ClipNorm,
            ValidationShare = options.Real("--validation-share"),
        };
    }
}
