using Republic.Core.Llama.Gguf;

namespace Republic.Core.Llama.Files;

/// <summary>The sampling parameters of a model that runs here, where nobody states others.</summary>
/// <param name="Temperature">0 takes the likeliest token each time.</param>
/// <param name="TopP">1 is off.</param>
public sealed record ModelSampling(double Temperature, double TopP)
{
    /// <summary>The name of the built-in model in its file, whatever the file is called.</summary>
    internal const string BuiltInName = "Sprout";

    private const double MostTemperature = 5;
    private const int Digits = 4;

    /// <summary>The defaults of the built-in model, at which its exam is best (docs/sprout.md).</summary>
    public static ModelSampling BuiltIn { get; } = new(0, 1);

    /// <summary>The defaults of llama.cpp, for a file that recommends none.</summary>
    internal static ModelSampling Usual { get; } = new(0.8, 0.95);

    /// <summary>Reads the recommendations of a file.</summary>
    internal static ModelSampling Of(GgufFile header)
    {
        var otherwise = header.Text("general.name") == BuiltInName ? BuiltIn : Usual;
        return otherwise.With(
            header.Real("general.sampling.temp") is >= 0 and <= MostTemperature and var temperature ? Rounded(temperature) : null,
            header.Real("general.sampling.top_p") is > 0 and <= 1 and var topP ? Rounded(topP) : null
        );
    }

    /// <summary>Replaces the parameters that are stated; null leaves the model's own.</summary>
    internal ModelSampling With(double? temperature, double? topP) => new(temperature ?? Temperature, topP ?? TopP);

    // A header stores 32 bits, of which 0.6 comes back as 0.6000000238418579.
    private static double Rounded(double number) => Math.Round(number, Digits);
}
