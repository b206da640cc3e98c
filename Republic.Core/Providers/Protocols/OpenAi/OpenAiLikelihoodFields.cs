using System.Text.Json;

namespace Republic.Core.Providers.Protocols.OpenAi;

/// <summary>What is particular to a request for the likelihood of texts as answers.</summary>
internal static class OpenAiLikelihoodFields
{
    public const string Field = "continuations";
    private const int Most = 100;

    /// <returns>Null: it may be sent.</returns>
    public static Failure? Fault(IReadOnlyDictionary<string, ReadOnlyMemory<byte>> fields, ProviderRow provider)
    {
        if (!provider.GivesLikelihoods)
        {
            return Failure.Invalid(
                "model",
                $"{provider.DisplayName} does not tell how likely texts are. Ask a minion whose model runs in Republic."
            );
        }

        return fields.TryGetValue(Field, out var given) && AreTexts(given)
            ? null
            : Failure.Invalid(Field, $"continuations must be a list of 1 to {Most} texts, none of them empty.");
    }

    private static bool AreTexts(ReadOnlyMemory<byte> given)
    {
        using var json = JsonDocument.Parse(given);
        var list = json.RootElement;
        return list.ValueKind == JsonValueKind.Array
            && list.GetArrayLength() is > 0 and <= Most
            && list.EnumerateArray().All(text => OpenAiAnswer.Text(text) is { Length: > 0 });
    }
}
