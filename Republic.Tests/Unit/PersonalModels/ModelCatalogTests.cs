using System.Text.RegularExpressions;
using Republic.Core.Llama.Memory;
using Republic.Core.PersonalModels.Catalog;

namespace Republic.Tests.Unit.PersonalModels;

public sealed class ModelCatalogTests
{
    private static readonly string[] Tags = ["code", "reasoning", "writing", "everyday", "research", "embedding"];
    private readonly ModelCatalog catalog = new();

    [Theory]
    [InlineData("mistral/devstral-small-1.1", "Code Agent Pro", "24B", "code", 9, 7, 15, 32, 16, "Medium")]
    [InlineData("deepseek-ai/deepseek-r1-distill-qwen-1.5b", "Reasoning Master", "1.5B", "reasoning", 10, 9, 3, 8, null, "Very Fast")]
    [InlineData("qwen/qwen2.5-coder-32b-instruct", "Code Specialist", "32B", "code", 10, 6, 20, 64, 24, "Slow")]
    [InlineData("meta-llama/llama-3.2-3b-instruct", "Fast Assistant", "3B", "everyday", 7, 10, 6, 16, 4, "Fast")]
    [InlineData("mistralai/mixtral-8x7b-instruct-v0.1", "Creative Writer", "8x7B", "writing", 9, 5, 45, 64, 32, "Slow")]
    [InlineData("microsoft/phi-3-medium-4k-instruct", "Research Assistant", "14B", "research", 8, 8, 8, 16, 6, "Fast")]
    public void The_six_models_stand_first_with_their_vendors_figures(
        string id,
        string name,
        string parameters,
        string tag,
        int quality,
        int speed,
        int size,
        int ram,
        int? vram,
        string word
    )
    {
        var model = catalog.Find(id)!;

        Assert.Contains(model, catalog.Models.Take(6));
        Assert.Equal((id, name, parameters), (model.ModelId, model.Name, model.Parameters));
        Assert.Equal([tag], model.Tags);
        var vendor = model.Vendor!;
        Assert.Equal(
            (quality, speed, size, size, ram, vram),
            (vendor.Quality, vendor.Speed, vendor.SizeGb, vendor.StorageGb, vendor.RamGb, vendor.VramGb)
        );
        Assert.Equal(word, vendor.SpeedWord);
        Assert.NotEmpty(model.UseCases);
        Assert.NotNull(model.Specialty);
        Assert.NotNull(model.Variant("q4_k_m"));
    }

    [Theory]
    [InlineData("mistralai/Devstral-Small-2507", "mistral/devstral-small-1.1")]
    [InlineData(" MISTRAL/devstral-small-1.1 ", "mistral/devstral-small-1.1")]
    [InlineData("Meta-Llama/Llama-3.2-3B-Instruct", "meta-llama/llama-3.2-3b-instruct")]
    [InlineData("qwen/qwen3-1.7b", "Qwen/Qwen3-1.7B")]
    [InlineData("Devstral-small-1.1", "mistral/devstral-small-1.1")]
    [InlineData("small-1.1", null)]
    [InlineData("", null)]
    public void A_model_is_found_by_its_id_or_its_repository_in_any_case(string given, string? id) =>
        Assert.Equal(id, catalog.Find(given)?.ModelId);

    [Fact]
    public void Every_row_is_sound()
    {
        Assert.Equal(11, catalog.Models.Count);
        var names = catalog.Models.SelectMany(model =>
            new[] { model.ModelId.ToLowerInvariant(), model.Repository.ToLowerInvariant() }.Distinct()
        );
        Assert.Equal(names.Distinct(), names);
        Assert.All(
            catalog.Models,
            model =>
            {
                Assert.NotEmpty(model.Tags);
                Assert.Subset(Tags.ToHashSet(), model.Tags.ToHashSet());
                Assert.NotEmpty(model.Variants);
                Assert.Equal(model.Variants.OrderBy(variant => variant.Bytes), model.Variants);
                Assert.Equal(model.Variants.Count, model.Variants.DistinctBy(variant => variant.Quantization).Count());
                Assert.NotNull(ArchitectureTraits.Find(model.Shape.Architecture));
            }
        );
        var variants = catalog.Models.SelectMany(model => model.Variants).ToList();
        Assert.Equal(41, variants.DistinctBy(variant => variant.Url).Count());
        Assert.All(
            variants,
            variant =>
            {
                Assert.Equal("https", variant.Url.Scheme);
                Assert.EndsWith($"/{variant.File}", variant.Url.AbsolutePath, StringComparison.Ordinal);
                Assert.EndsWith(".gguf", variant.File, StringComparison.Ordinal);
                Assert.True(variant.Bytes > 0);
                Assert.True(
                    variant.Sha256 is null || Regex.IsMatch(variant.Sha256, "^[0-9a-f]{64}$", RegexOptions.None, TimeSpan.FromSeconds(1))
                );
            }
        );
    }

    [Fact]
    public void What_no_source_gave_is_marked_approximate_and_has_no_digest()
    {
        var approximate = catalog
            .Models.SelectMany(model => model.Variants.Select(variant => (model.Repository, Variant: variant)))
            .Where(one => one.Variant.Approximate)
            .ToList();

        Assert.Equal(
            [
                "mistralai/Devstral-Small-2507 Q6_K",
                "google/gemma-3-1b-it Q5_K_M",
                "google/gemma-3-1b-it Q6_K",
                "nomic-ai/nomic-embed-text-v1.5 Q5_K_M",
                "nomic-ai/nomic-embed-text-v1.5 Q6_K",
            ],
            approximate.Select(one => $"{one.Repository} {one.Variant.Quantization}")
        );
        Assert.All(approximate, one => Assert.Null(one.Variant.Sha256));
    }

    [Fact]
    public void Mixtral_carries_the_warning_about_old_conversions() =>
        Assert.Contains("not to load", Assert.Single(catalog.Models, model => model.Note is not null).Note, StringComparison.Ordinal);
}
