using System.Globalization;
using System.Text.Json;
using Republic.Core.Providers.Protocols.OpenAi;

namespace Republic.Core.Providers.Protocols;

/// <summary>Reads a provider's list of models. Ids are where everybody has them; all else is called differently everywhere.</summary>
internal static class ModelListing
{
    private const int LongestId = 200;

    private static readonly string[] Lengths =
    [
        "context_length",
        "context_window",
        "max_context_length",
        "max_model_len",
        "max_input_tokens",
    ];

    private static readonly string[] Ends = ["shutdown_date", "deprecation", "expiration_date"];

    /// <summary>In the list's order; what has no id, or the id of another, is left out.</summary>
    public static IEnumerable<ListedModel> Read(JsonElement list) =>
        list.EnumerateArray().Select(Model).OfType<ListedModel>().DistinctBy(model => model.Id, StringComparer.Ordinal);

    private static ListedModel? Model(JsonElement model)
    {
        if (
            model.ValueKind != JsonValueKind.Object
            || OpenAiAnswer.Member(model, "id") is not { Length: > 0 and <= LongestId } id
            || id.Any(char.IsControl)
        )
        {
            return null;
        }

        // A router of several hosts: whichever it chooses, the answer fits the longest and costs no more than the dearest.
        var hosts = Hosts(model).ToList();
        return new ListedModel(id)
        {
            ContextLength = Length(model) ?? hosts.Max(Length),
            Price = Price(model) ?? hosts.Select(Price).OfType<ListedPrice>().MaxBy(price => price.Input + price.Output),
            EndsOn = Ends.Select(name => Day(model, name)).FirstOrDefault(day => day is not null),
        };
    }

    private static IEnumerable<JsonElement> Hosts(JsonElement model) =>
        model.TryGetProperty("providers", out var hosts) && hosts.ValueKind == JsonValueKind.Array
            ? hosts.EnumerateArray().Where(host => host.ValueKind == JsonValueKind.Object)
            : [];

    private static int? Length(JsonElement model)
    {
        foreach (var name in Lengths)
        {
            if (model.TryGetProperty(name, out var value) && Number(value) is > 0 and <= int.MaxValue and var length)
            {
                return (int)length;
            }
        }

        // llama-server says what the model was trained for.
        return
            model.TryGetProperty("meta", out var meta)
            && meta.ValueKind == JsonValueKind.Object
            && meta.TryGetProperty("n_ctx_train", out var trained)
            && Number(trained) is > 0 and <= int.MaxValue and var tokens
            ? (int)tokens
            : null;
    }

    private static ListedPrice? Price(JsonElement model)
    {
        if (!model.TryGetProperty("pricing", out var pricing) || pricing.ValueKind != JsonValueKind.Object)
        {
            return null;
        }

        // prompt and completion are told for one token, input and output for a million.
        return Amount(pricing, "prompt") is { } prompt && Amount(pricing, "completion") is { } completion
                ? new ListedPrice(prompt * 1_000_000, completion * 1_000_000, Amount(pricing, "input_cache_read") * 1_000_000)
            : Amount(pricing, "input") is { } input && Amount(pricing, "output") is { } output
                ? new ListedPrice(input, output, Amount(pricing, "cached_input"))
            : null;
    }

    // Negative stands for “it depends”.
    private static decimal? Amount(JsonElement pricing, string name) =>
        pricing.TryGetProperty(name, out var value) && Number(value) is >= 0 and < 1_000_000 and var amount ? amount : null;

    private static decimal? Number(JsonElement value) =>
        value.ValueKind == JsonValueKind.Number && value.TryGetDecimal(out var number) ? number
        : value.ValueKind == JsonValueKind.String
        && decimal.TryParse(OpenAiAnswer.Text(value), NumberStyles.Float, CultureInfo.InvariantCulture, out var told)
            ? told
        : null;

    private static DateOnly? Day(JsonElement model, string name) =>
        OpenAiAnswer.Member(model, name) is { } told
        && DateTimeOffset.TryParse(told, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var time)
            ? DateOnly.FromDateTime(time.UtcDateTime)
            : null;
}
