using Republic.Core.Llama.Files;
using Republic.Core.Llama.Gguf;
using Republic.Tests.World;

namespace Republic.Tests.Unit.Llama;

/// <summary>The sampling of a model where neither request nor minion states any.</summary>
public sealed class ModelSamplingTests
{
    [Fact]
    public void A_file_recommends_its_own() =>
        Assert.Equal(new ModelSampling(0.6, 0.85), Of(("general.sampling.temp", (double)0.6f), ("general.sampling.top_p", (double)0.85f)));

    [Fact]
    public void A_file_that_recommends_one_of_them_leaves_the_other_as_usual() =>
        Assert.Equal(ModelSampling.Usual with { Temperature = 0 }, Of(("general.sampling.temp", 0.0)));

    [Theory]
    [InlineData(-0.1, 0.0)]
    [InlineData(5.1, 1.1)]
    [InlineData(double.NaN, double.NaN)]
    public void A_recommendation_that_cannot_be_followed_is_none(double temperature, double topP) =>
        Assert.Equal(ModelSampling.Usual, Of(("general.sampling.temp", temperature), ("general.sampling.top_p", topP)));

    [Fact]
    public void The_built_in_model_has_defaults_of_its_own()
    {
        Assert.Equal(ModelSampling.BuiltIn, ModelSampling.Of(GgufReader.Read(GgufMutations.SproutPath)));
        Assert.NotEqual(ModelSampling.Usual, ModelSampling.BuiltIn);
    }

    [Fact]
    public void What_is_stated_wins_each_for_itself()
    {
        Assert.Equal(new ModelSampling(0, 0.9), new ModelSampling(0.3, 0.9).With(0, topP: null));
        Assert.Equal(new ModelSampling(0.3, 1), new ModelSampling(0.3, 0.9).With(temperature: null, 1));
    }

    private static ModelSampling Of(params (string Key, object Value)[] values) =>
        ModelSampling.Of(new GgufFile(values.ToDictionary(value => value.Key, value => value.Value), [], 32, 0, 0));
}
