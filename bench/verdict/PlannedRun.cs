using System.Text.Json.Nodes;
using Republic.Bench.Rows;

namespace Republic.Bench;

/// <summary>One run of the campaign.</summary>
/// <param name="Variant">How a person set it.</param>
internal sealed record PlannedRun(string Kind, long Seed, string Variant)
{
    public const string Usual = "default";

    /// <summary>Ten times the usual rate for a few epochs, and never stopped early: the form allows that.</summary>
    public const string Hot = "hot";

    /// <summary>Nothing of what the version before could do is replayed.</summary>
    public const string Bare = "bare";

    /// <summary>Few steps, which show that a run is made and measured; no campaign plans them.</summary>
    public const string Quick = "quick";

    public string Key => Results.RunOutcome.KeyOf(Kind, Seed, Variant);

    public static PlannedRun Parse(string key) =>
        key.Split('/') is [var kind, var variant, var seed]
            ? new PlannedRun(kind, long.Parse(seed, System.Globalization.CultureInfo.InvariantCulture), variant)
            : throw new InvalidOperationException($"{key} is no run; write it as style/default/1.");

    public RowSet Rows => DataKind.Make(Kind, Seed);

    public JsonNode Config =>
        Variant switch
        {
            Usual => new JsonObject { ["repeats"] = 1 },
            Bare => new JsonObject
            {
                ["repeats"] = 1,
                ["lora"] = new JsonObject { ["replay"] = 0 },
            },
            Quick => new JsonObject
            {
                ["repeats"] = 1,
                ["lora"] = new JsonObject { ["epochs"] = 2, ["replay"] = 1 },
            },
            Hot => new JsonObject
            {
                ["repeats"] = 1,
                ["lora"] = new JsonObject
                {
                    ["learning_rate"] = 0.01,
                    ["epochs"] = 5,
                    ["early_stopping_patience"] = 0,
                },
            },
            _ => throw new InvalidOperationException($"There is no variant {Variant}; choose {Usual}, {Hot}, {Bare} or {Quick}."),
        };
}
