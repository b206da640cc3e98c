using System.Text.Json;

namespace Republic.Core.PersonalModels.Catalog;

/// <summary>The models that are offered for download, in the order in which they are shown.</summary>
public sealed class ModelCatalog
{
    public IReadOnlyList<CatalogModel> Models { get; } = Embedded();

    /// <summary>The model of this id; null where there is none.</summary>
    /// <param name="modelId">Its id, with or without the publisher, or its publisher's repository; compared without case.</param>
    public CatalogModel? Find(string modelId) =>
        Models.FirstOrDefault(model => Is(model.ModelId, modelId))
        ?? Models.FirstOrDefault(model => Is(model.Repository, modelId))
        ?? Models.FirstOrDefault(model => Is(model.ModelId[(model.ModelId.LastIndexOf('/') + 1)..], modelId));

    private static bool Is(string name, string given) => name.Equals(given.Trim(), StringComparison.OrdinalIgnoreCase);

    private static IReadOnlyList<CatalogModel> Embedded()
    {
        const string name = "model-catalog.json";
        using var stream =
            typeof(ModelCatalog).Assembly.GetManifestResourceStream(name)
            ?? throw new InvalidOperationException($"{name} is not embedded in the assembly.");
        return JsonSerializer.Deserialize<IReadOnlyList<CatalogModel>>(stream, SnakeCaseJson.Strict)!;
    }
}
