using System.Globalization;

namespace Republic.Core.ModelHost;

/// <summary>The command line of <c>republic model-host</c>, which the supervisor writes and the child reads.</summary>
/// <param name="Socket">Path of the Unix socket to listen on. Empty: a free loopback port, with a secret read from standard input.</param>
/// <param name="Models">Folders with GGUF files; of two files of one name the first counts.</param>
/// <param name="Threads">Threads that compute.</param>
/// <param name="Sequences">How many answers of one model are written together.</param>
/// <param name="ContextLength">Tokens per sequence; a model that was trained on fewer gets fewer.</param>
/// <param name="MemoryMegabytes">What all loaded models may take together.</param>
/// <param name="QueueLength">How many requests per model may wait for a free sequence.</param>
public sealed record ModelHostArguments(
    string Socket,
    IReadOnlyList<string> Models,
    int Threads,
    int Sequences = 4,
    int ContextLength = 4096,
    long MemoryMegabytes = 0,
    int QueueLength = 64
)
{
    /// <summary>Folders with LoRA adapters for the models.</summary>
    public IReadOnlyList<string> Adapters { get; init; } = [];

    public static Outcome<ModelHostArguments> Parse(IReadOnlyList<string> args)
    {
        var read = new ModelHostArguments("", [], Environment.ProcessorCount);
        for (var i = 0; i < args.Count; i += 2)
        {
            if (i + 1 == args.Count)
            {
                return Failure.Invalid(args[i], $"{args[i]} needs a value.");
            }

            var (name, value) = (args[i], args[i + 1]);
            var isNumber = int.TryParse(value, NumberStyles.None, CultureInfo.InvariantCulture, out var number) && number > 0;
            if (name is not ("--socket" or "--models" or "--adapters") && !isNumber)
            {
                return Failure.Invalid(name, $"{name} needs a whole number above 0, and {value} is none.");
            }

            switch (name)
            {
                case "--socket":
                    read = read with { Socket = value };
                    break;
                case "--models":
                    read = read with { Models = [.. read.Models, value] };
                    break;
                case "--adapters":
                    read = read with { Adapters = [.. read.Adapters, value] };
                    break;
                case "--threads":
                    read = read with { Threads = number };
                    break;
                case "--sequences":
                    read = read with { Sequences = number };
                    break;
                case "--context":
                    read = read with { ContextLength = number };
                    break;
                case "--memory-mb":
                    read = read with { MemoryMegabytes = number };
                    break;
                case "--queue":
                    read = read with { QueueLength = number };
                    break;
                default:
                    return Failure.Invalid(name, $"There is no option {name}.");
            }
        }

        return read;
    }

    public IEnumerable<string> ToCommandLine()
    {
        string[] socket = Socket.Length > 0 ? ["--socket", Socket] : [];
        var numbers = new (string Name, long Value)[]
        {
            ("--threads", Threads),
            ("--sequences", Sequences),
            ("--context", ContextLength),
            ("--memory-mb", MemoryMegabytes),
            ("--queue", QueueLength),
        };
        return
        [
            .. socket,
            .. Models.SelectMany(folder => new[] { "--models", folder }),
            .. Adapters.SelectMany(folder => new[] { "--adapters", folder }),
            .. numbers
                .Where(number => number.Value > 0)
                .SelectMany(number => new[] { number.Name, number.Value.ToString(CultureInfo.InvariantCulture) }),
        ];
    }
}
