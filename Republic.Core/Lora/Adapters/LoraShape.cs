namespace Republic.Core.Lora.Adapters;

/// <summary>Which low-rank matrices are trained (Hu et al., arXiv 2106.09685): y = W x + alpha/rank · B A x.</summary>
/// <param name="Dropout">The share of a projection's inputs that A does not see in a training pass: 0 to below 1.</param>
/// <param name="TargetModules">Of <see cref="Modules"/>.</param>
internal sealed record LoraShape(int Rank, float Alpha, float Dropout, IReadOnlyList<string> TargetModules)
{
    /// <summary>The projections of a decoder layer, by the names that training settings use.</summary>
    public static readonly IReadOnlyList<string> Modules = ["q", "k", "v", "o", "gate", "up", "down"];

    public const int HighestRank = 1024;

    public float Scale => Alpha / Rank;

    /// <exception cref="LoraException">A value is out of range; the message says which and what is possible.</exception>
    public void Validate()
    {
        Require(Rank is >= 1 and <= HighestRank, $"The rank is {Rank}; 1 to {HighestRank} are possible.");
        Require(float.IsFinite(Alpha) && Alpha > 0, $"Alpha is {Alpha}; it must be more than 0.");
        Require(Dropout is >= 0 and < 1, $"The dropout is {Dropout}; from 0 to below 1 is possible.");
        Require(TargetModules.Count > 0, "No target modules are named; choose from " + string.Join(", ", Modules) + ".");
        foreach (var module in TargetModules)
        {
            Require(Modules.Contains(module), $"The target module \"{module}\" is not known; choose from {string.Join(", ", Modules)}.");
        }

        Require(TargetModules.Distinct().Count() == TargetModules.Count, "A target module is named twice.");
    }

    private static void Require(bool fact, string otherwise)
    {
        if (!fact)
        {
            throw new LoraException(otherwise);
        }
    }
}
