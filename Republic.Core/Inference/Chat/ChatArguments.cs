using Republic.Core.Inference.Pool;

namespace Republic.Core.Inference.Chat;

/// <summary>The command line of <c>republic chat</c>.</summary>
/// <param name="Model">A file, or the name of one in the folders of models.</param>
/// <param name="Adapters">Files, or names in the folder of adapters, each with what its change is multiplied by.</param>
/// <param name="Temperature">0 answers the same question the same way; null takes the model's own.</param>
/// <param name="Threads">0 takes what suits the machine.</param>
public sealed record ChatArguments(
    string Model,
    IReadOnlyList<AdapterChoice> Adapters,
    string? System = null,
    float? Temperature = null,
    int Threads = 0
)
{
    public const string Usage = """
        republic chat --model <file or name> [options]

          --adapter <file or name>[:scale]   a LoRA adapter, and what its change is multiplied by; may be given several times
          --system <text>                    what the model is told before the conversation
          --temperature <number>             0 to 5; 0 answers the same question the same way; the model's own if left out
          --threads <n>                      chosen for the machine

        Names are looked up in the folders models and adapters of .republic in the current folder, or of the folder that
        REPUBLIC_DATA names; sprout is built in. Ctrl+C stops an answer, and at the prompt it ends the conversation.
        """;

    public static Outcome<ChatArguments> Parse(IReadOnlyList<string> args)
    {
        var options = new OptionReader("republic chat", args, ["--model", "--adapter", "--system", "--temperature", "--threads"]);
        var adapters = options.All("--adapter").Select(value => (Value: value, Choice: AdapterChoice.Parse(value))).ToList();
        foreach (var (value, _) in adapters.Where(one => one.Choice is null))
        {
            options.Note("--adapter", $"--adapter {value}: there is no such file, and no number stands behind the colon.");
        }

        var read = new ChatArguments(
            options.Needed("--model"),
            [.. adapters.Select(one => one.Choice).OfType<AdapterChoice>()],
            options.Text("--system"),
            (float?)options.Real("--temperature", 0, 5),
            options.Whole("--threads", 1, 512) ?? 0
        );
        return options.Problem is { } problem ? problem : read;
    }
}
