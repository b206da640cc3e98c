using System.Net.Http.Json;
using Republic.Core.Inference.Supervision;
using Republic.Core.Llama.Files;

namespace Republic.Tests.Unit.Inference;

/// <summary>How often a request is sent again, by what the child ended over.</summary>
public sealed class ResendPolicyTests
{
    private static readonly ModelFile Own = new("own", "/models/own.gguf", 1, DateTime.UnixEpoch);
    private static readonly ModelFile Other = new("other", "/models/other.gguf", 1, DateTime.UnixEpoch);

    [Theory]
    [InlineData("Crashed")]
    [InlineData("OutOfMemory")]
    [InlineData("Killed")]
    public async Task Ends_over_anothers_model_do_not_count(string kind)
    {
        var policy = await PolicyAsync(new { model = "own" });

        Assert.All(Enumerable.Range(0, 100), _ => Assert.True(policy.Allows(End(kind, Other), hasProgressed: false)));
        Assert.True(policy.MayWait);
    }

    [Theory]
    [InlineData("OutOfMemory", true, 1)]
    [InlineData("OutOfMemory", false, 1)]
    [InlineData("Killed", true, 3)]
    [InlineData("Crashed", false, 3)]
    public async Task Ends_over_its_own_or_nobody_knows_what_count_until_there_is_a_word(string kind, bool isOwn, int most)
    {
        var policy = await PolicyAsync(new { model = "own" });
        var end = End(kind, isOwn ? Own : null);

        for (var round = 0; round < 2; round++)
        {
            for (var i = 0; i < most; i++)
            {
                Assert.True(policy.Allows(end, hasProgressed: i == 0));
            }

            Assert.False(policy.Allows(end, hasProgressed: false));
        }
    }

    [Fact]
    public async Task An_answer_that_goes_on_after_each_end_of_its_own_is_given_up_in_the_end()
    {
        var policy = await PolicyAsync(new { model = "own" });

        Assert.All(Enumerable.Range(0, 10), _ => Assert.True(policy.Allows(End("Killed", Own), hasProgressed: true)));
        Assert.False(policy.Allows(End("Killed", Own), hasProgressed: true));
        Assert.True(policy.Allows(End("Killed", Other), hasProgressed: true));
    }

    [Fact]
    public async Task An_adapter_is_of_the_requests_that_name_it()
    {
        var named = await KeptAsync(new { model = "own", adapters = new[] { new { name = "other" } } });

        Assert.True(named.Asks(Other));
        Assert.True(named.Asks(Own));
        Assert.False((await KeptAsync(new { model = "own" })).Asks(Other));
    }

    [Fact]
    public async Task A_persons_own_model_is_known_by_its_file_and_what_is_no_json_by_nothing()
    {
        var named = await KeptAsync(new { model = "other", installed = new { file = "own" } });
        using var none = new HttpRequestMessage(HttpMethod.Post, "http://model-host/");
        none.Content = new StringContent("{");
        var broken = await KeptRequest.OfAsync(none, TestContext.Current.CancellationToken);

        Assert.True(named.Asks(Own));
        Assert.False(named.Asks(Other));
        Assert.False(broken.Asks(Own));
    }

    private static ModelHostEnd End(string kind, ModelFile? over) => ModelHostEnd.Of(Enum.Parse<ModelHostEndKind>(kind), over);

    private static async Task<ResendPolicy> PolicyAsync(object body) => new(await KeptAsync(body));

    private static async Task<KeptRequest> KeptAsync(object body)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "http://model-host/");
        request.Content = JsonContent.Create(body);
        return await KeptRequest.OfAsync(request, TestContext.Current.CancellationToken);
    }
}
