using Republic.Core.Files;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Sources;
using Republic.Core.Security;

namespace Republic.Core.PersonalModels;

/// <summary>Resolves a download request to the file that it names, or says what is wrong with the request.</summary>
public sealed class ModelOrders(ModelCatalog catalog, OutboundGuard guard)
{
    private const string Recommended = "Q4_K_M";

    internal Outcome<WantedFile> Read(ModelOrder order)
    {
        var wanted = !string.IsNullOrWhiteSpace(order.Url) ? AtAddress(order.Url) : InCatalogue(order);
        if (!wanted.Ok)
        {
            return wanted.Failure;
        }

        var second = string.IsNullOrWhiteSpace(order.SecondUrl) ? (Outcome<Uri>?)null : Address(order.SecondUrl, "second_url");
        if (second is { Ok: false } wrong)
        {
            return wrong.Failure!;
        }

        var digest = order.Sha256?.Trim().ToLowerInvariant();
        return wanted.Value.IsSplit && (second is not null || !string.IsNullOrEmpty(digest))
                ? Failure.Invalid(
                    second is not null ? "second_url" : "sha256",
                    "SHA-256 and second URL are not possible for a model in several files. Leave them out."
                )
            : string.IsNullOrEmpty(digest) ? wanted.Value with { SecondUrl = second?.Value }
            : digest.Length == 64 && digest.All(char.IsAsciiHexDigit) ? wanted.Value with { SecondUrl = second?.Value, Sha256 = digest }
            : Failure.Invalid("sha256", "A SHA-256 has 64 hexadecimal digits.");
    }

    private Outcome<WantedFile> AtAddress(string url)
    {
        var address = Address(url, "url");
        if (!address.Ok)
        {
            return address.Failure;
        }

        var parts = SplitFiles.Of(address.Value);
        if (!parts.Ok)
        {
            return parts.Failure;
        }

        var first = parts.Value[0];
        var file = Uri.UnescapeDataString(first.Segments[^1]).Trim('/');
        var name = FileNames.Shown(Path.GetFileNameWithoutExtension(file)) ?? first.Host;
        return new WantedFile(ModelOrigin.Url, name, null, first, 0) { IsSplit = parts.Value.Count > 1 };
    }

    private Outcome<WantedFile> InCatalogue(ModelOrder order)
    {
        if (string.IsNullOrWhiteSpace(order.ModelId))
        {
            return Failure.Invalid("model_id", "Give the model_id of a model of the catalogue, or the url of a GGUF file.");
        }

        if (catalog.Find(order.ModelId) is not { } model)
        {
            return Failure.Invalid(
                "model_id",
                $"The catalogue has no model “{order.ModelId.Trim()}”. GET /api/personal-models/catalog lists its models; any other model needs the url of a GGUF file."
            );
        }

        var variant = string.IsNullOrWhiteSpace(order.Variant)
            ? model.Variant(Recommended) ?? model.Variants[0]
            : model.Variant(order.Variant.Trim());
        return variant is null
            ? Failure.Invalid(
                "variant",
                $"The catalogue has no variant {order.Variant!.Trim()} of {model.Name}. Choose one of {string.Join(", ", model.Variants.Select(v => v.Quantization))}."
            )
            : new WantedFile(
                ModelOrigin.Catalogue,
                model.ModelId,
                variant.Quantization,
                variant.Url,
                variant.Approximate ? 0 : variant.Bytes
            )
            {
                Sha256 = variant.Sha256,
            };
    }

    private Outcome<Uri> Address(string given, string field)
    {
        if (!Uri.TryCreate(given.Trim(), UriKind.Absolute, out var url))
        {
            return Failure.Invalid(field, "The URL must start with http:// or https://.");
        }

        var address = SourceAddress.OfFile(url);
        return address.AbsoluteUri.Length > PersonalModelTable.MaxUrl
                ? Failure.Invalid(field, $"A URL has at most {PersonalModelTable.MaxUrl} characters here.")
            : guard.Check(address, field) is { } refused ? refused
            : address;
    }
}
