using Republic.Core;
using Republic.Core.PersonalModels;
using Republic.Core.PersonalModels.Catalog;
using Republic.Core.PersonalModels.Downloads;
using Republic.Core.PersonalModels.Fitting;

namespace Republic.Web.Pages.PersonalModels;

/// <summary>Collects the data about a model before its download.</summary>
public sealed class ModelOffers(RemoteHeaders headers, ModelVerdicts verdicts, ModelFits fits)
{
    private const string Page = "/personal-models/available";
    private const string Usual = "Q4_K_M";

    /// <summary>The offer of a model of the catalogue.</summary>
    /// <param name="check">True to read the headers of all its files at their sources.</param>
    public async Task<ModelOffer> OfAsync(Guid person, CatalogModel model, bool check, string? variant, int? context, CancellationToken ct)
    {
        var chosen = variant ?? (model.Variant(Usual) ?? model.Variants[0]).Quantization;
        var answers = check ? await Task.WhenAll(model.Variants.Select(file => headers.ReadAsync(person, file.Url, ct))) : [];
        var failed = model
            .Variants.Zip(answers)
            .Where(pair => pair.Second.Header is null)
            .Select(pair => $"{pair.First.Quantization}: {pair.Second.Failure?.Message ?? pair.Second.NotKnown}")
            .ToList();
        var matrix = new MatrixView(
            fits.Matrix(await fits.MemoryAsync(ct), [.. model.Variants.Select(file => verdicts.SubjectOf(model, file))]),
            await fits.MemoryAsync(ct),
            Page,
            new Dictionary<string, string> { ["model"] = model.ModelId },
            chosen,
            context
        );
        var header = model.Variant(chosen) is { } file ? headers.Known(file.Url) : null;
        var allowable = answers.Select(answer => answer.AllowableHost).FirstOrDefault(host => host is not null);
        return new ModelOffer(matrix, header, failed.Count > 0 ? string.Join(" ", failed) : null, null, allowable);
    }

    /// <summary>The offer of the file at a URL, whose header is read.</summary>
    public async Task<ModelOffer> AtAsync(Guid person, string url, string? variant, int? context, CancellationToken ct)
    {
        var isAddress = Uri.TryCreate(url.Trim(), UriKind.Absolute, out var address);
        if (isAddress && SplitFiles.Of(address!).Value is { Count: > 1 } parts)
        {
            var note =
                $"This model is in {parts.Count} files, which are merged into one. Whether it fits into memory is checked after the download.";
            return new ModelOffer(null, null, note, null, null);
        }

        var answer = isAddress ? await headers.ReadAsync(person, address!, ct) : null;
        if (answer?.Header is not { } header)
        {
            var problem = answer is null ? Failure.Invalid("url", "The URL must start with http:// or https://.") : answer.Failure;
            return new ModelOffer(null, null, answer?.NotKnown, problem, answer?.AllowableHost);
        }

        var subject = FitSubject.Of(header.Facts.Quantization ?? "This file", header.Facts);
        var memory = await fits.MemoryAsync(ct);
        var query = new Dictionary<string, string> { ["url"] = url };
        return new ModelOffer(
            new MatrixView(fits.Matrix(memory, [subject]), memory, Page, query, variant, context),
            header,
            null,
            null,
            null
        );
    }
}
