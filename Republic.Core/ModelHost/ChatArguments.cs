using System.Globalization;

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
    public const string Usage =
        "republic chat --model <file or name> [--adapter <file or name>[:scale]]… [--system <text>] [--temperature 0.7] [--threads <n>]";

    public static Outcome<ChatArguments> Parse(IReadOnlyList<string> args)
    {
        var read = new ChatArguments("", []);
        for (var i = 0; i < args.Count; i += 2)
        {
            var name = args[i];
            if (i + 1 == args.Count)
            {
                return Failure.Invalid(name, $"{name} needs a value. {Usage}");
            }

            var value = args[i + 1];
            var number = float.TryParse(value, CultureInfo.InvariantCulture, out var parsed) && float.IsFinite(parsed) ? parsed : -1;
            switch (name)
            {
                case "--model":
                    read = read with { Model = value };
                    break;
                case "--adapter":
                    read = read with { Adapters = [.. read.Adapters, Adapter(value)] };
                    break;
                case "--system":
                    read = read with { System = value };
                    break;
                case "--temperature" when number is >= 0 and <= 5:
                    read = read with { Temperature = number };
                    break;
                case "--temperature":
                    return Failure.Invalid(name, $"--temperature needs a number from 0 to 5, and {value} is none.");
                case "--threads" when number is >= 1 and <= 512:
                    read = read with { Threads = (int)number };
                    break;
                case "--threads":
                    return Failure.Invalid(name, $"--threads needs a number from 1 to 512, and {value} is none.");
                default:
                    return Failure.Invalid(name, $"There is no option {name}. {Usage}");
            }
        }

        return read.Model.Length > 0 ? read : Failure.Invalid("--model", $"--model is missing. {Usage}");
    }

    /// <summary>What follows the last colon is the scale when it is a number; else the colon is part of the name.</summary>
    private static (string Name, float Scale) Adapter(string value)
    {
        var colon = value.LastIndexOf(':');
        return colon > 0 && float.TryParse(value.AsSpan(colon + 1), CultureInfo.InvariantCulture, out var scale) && float.IsFinite(scale)
            ? (value[..colon], scale)
            : (value, 1);
    }
}
