namespace Republic.Core.ModelHost;

/// <summary>The command line of <c>republic chat</c>.</summary>
/// <param name="Model">A file, or the name of one in the folders of models.</param>
/// <param name="Adapters">Files, or names in the folder of adapters, each with what its change is multiplied by.</param>
/// <param name="Temperature">0 answers the same question the same way.</param>
/// <param name="Threads">0 takes what suits the machine.</param>
public sealed record ChatArguments(
    string Model,
    IReadOnlyList<(string Name, float Scale)> Adapters,
    string? System = null,
    float Temperature = 0.7f,
    int Threads = 0
)
{
    public const string Usage = """
        republic chat --model <file or name> [options]

          --adapter <file or name>[:scale]   a LoRA adapter, and what its change is multiplied by; may be given several times
          --system <text>                    what the model is told before the conversation
          --temperature 0.7                  0 to 5; 0 answers the same question the same way
          --threads <n>                      chosen for the machine

        Names are looked up in the folders models and adapters of .republic in the current folder, or of the folder that
        REPUBLIC_DATA names; sprout is built in. Ctrl+C stops an answer, and at the prompt it ends the conversation.
        """;

    private const string SeeHelp = "See republic chat --help.";

    public static Outcome<ChatArguments> Parse(IReadOnlyList<string> args)
    {
        var read = new ChatArguments("", []);
        for (var i = 0; i < args.Count; i += 2)
        {
            var name = args[i];
            if (i + 1 == args.Count)
            {
                return Failure.Invalid(name, $"{name} needs a value. {SeeHelp}");
            }

            var value = args[i + 1];
            switch (name)
            {
                case "--model":
                    read = read with { Model = value };
                    break;
                case "--adapter" when Adapter(value) is { } adapter:
                    read = read with { Adapters = [.. read.Adapters, adapter] };
                    break;
                case "--adapter":
                    return Failure.Invalid(
                        name,
                        $"--adapter {value}: there is no such file, and no number stands behind the colon. Write 0.5, not 0,5."
                    );
                case "--system":
                    read = read with { System = value };
                    break;
                case "--temperature" when StrictNumber.Real(value) is { } number and >= 0 and <= 5:
                    read = read with { Temperature = number };
                    break;
                case "--temperature":
                    return Failure.Invalid(name, $"--temperature needs a number from 0 to 5, such as 0.5, and {value} is none.");
                case "--threads" when StrictNumber.Whole(value) is { } threads and >= 1 and <= 512:
                    read = read with { Threads = threads };
                    break;
                case "--threads":
                    return Failure.Invalid(name, $"--threads needs a whole number from 1 to 512, and {value} is none.");
                default:
                    return Failure.Invalid(name, $"There is no option {name}. {SeeHelp}");
            }
        }

        return read.Model.Length > 0 ? read : Failure.Invalid("--model", $"--model is missing. {SeeHelp}");
    }

    /// <summary>What follows the last colon is the scale, where the whole is no file. Null where it begins as a number and is none.</summary>
    private static (string Name, float Scale)? Adapter(string value)
    {
        var colon = value.LastIndexOf(':');
        if (colon <= 0 || File.Exists(value))
        {
            return (value, 1);
        }

        // From + to 9 are the digits, signs, dot and comma, and the slash, which no file's name holds.
        var behind = value.AsSpan(colon + 1);
        return StrictNumber.Real(behind) is { } scale ? (value[..colon], scale)
            : behind.Length > 0 && !behind.ContainsAnyExceptInRange('+', '9') ? null
            : (value, 1);
    }
}
