using System.Globalization;

namespace Republic.Bench;

/// <summary>What is measured, and for how long.</summary>
internal sealed record Options
{
    public int Rounds { get; private init; } = 5;

    /// <summary>Of one measurement of one gateway.</summary>
    public double Seconds { get; private init; } = 2;

    /// <summary>Of each gateway. Half of it is spent: what is compiled, connected and tuned at first is not what is measured.</summary>
    public double WarmUpSeconds { get; private init; } = 12;

    /// <summary>Of each of many streams at once.</summary>
    public int PacedWords { get; private init; } = 64;

    /// <summary>How many of them there are is divided by this.</summary>
    public int FewerStreams { get; private init; } = 1;

    /// <summary>A million requests more, with a look at the memory after each 100,000.</summary>
    public bool Million { get; private init; }

    /// <summary>Gateways by name; empty for all.</summary>
    public string[] Gateways { get; private init; } = [];

    /// <summary>Parts by name; empty for all.</summary>
    public string[] Parts { get; private init; } = [];

    public static Options Read(string[] arguments)
    {
        var options = new Options();
        for (var at = 0; at < arguments.Length; at++)
        {
            options = arguments[at] switch
            {
                // Enough to show that it runs.
                "quick" => options with { Rounds = 1, Seconds = 0.4, WarmUpSeconds = 1, PacedWords = 16, FewerStreams = 8 },
                "--million" => options with { Million = true },
                "--seconds" => options with { Seconds = double.Parse(arguments[++at], CultureInfo.InvariantCulture) },
                "--gateways" => options with { Gateways = arguments[++at].Split(',') },
                "--parts" => options with { Parts = arguments[++at].Split(',') },
                var rounds => options with { Rounds = int.Parse(rounds, CultureInfo.InvariantCulture) },
            };
        }

        return options;
    }

    public bool Measures(string part) => Parts.Length == 0 || Parts.Contains(part);

    public bool Has(string gateway) => Gateways.Length == 0 || Gateways.Contains(gateway);
}
