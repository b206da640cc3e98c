using Republic.Core.Answering.Traces;
using Republic.Core.Providers;
using Republic.Core.Providers.Routing;
using Republic.Web.Pages.Chats;

namespace Republic.Tests.Unit.Pages.Chats;

public sealed class SentOutTests
{
    private static readonly ProviderCatalog Catalog = ProviderCatalog.Embedded();

    [Fact]
    public void A_question_that_went_to_an_embedding_provider_is_told_even_where_no_model_was_asked()
    {
        Assert.Equal("the question, to be searched for, to OpenAI", SentOut.Of(Searched(leftMachine: true), toModel: false, Catalog));
        Assert.Equal("nothing", SentOut.Of(Searched(leftMachine: false), toModel: false, Catalog));
        Assert.Equal("nothing", SentOut.Of(null, toModel: false, Catalog));
    }

    [Fact]
    public void To_a_model_elsewhere_goes_all_that_it_is_given()
    {
        var trace = Searched(leftMachine: true)
            .With(new StageTrace(StageName.Memory, StageStatus.Done) { Text = "I live in Oslo.\nI own a horse." })
            .With(new StageTrace(StageName.Style, StageStatus.Done) { Text = "Ahoy!" });

        Assert.Equal(
            "this chat, the character, 2 memories, the draft; the question, to be searched for, to OpenAI",
            SentOut.Of(trace, toModel: true, Catalog)
        );
        Assert.Equal("this chat, the character, its task", SentOut.Of(null, toModel: true, Catalog, hasTask: true));
    }

    [Fact]
    public void A_stage_says_whether_anything_of_it_left()
    {
        Assert.True(Searched(leftMachine: true).Find(StageName.Knowledge)!.LeftMachine);
        Assert.False(Searched(leftMachine: false).Find(StageName.Knowledge)!.LeftMachine);
        Assert.Null(new StageTrace(StageName.Knowledge, StageStatus.Done).LeftMachine);
    }

    private static AnswerTrace Searched(bool leftMachine) =>
        new([
            new StageTrace(StageName.Knowledge, StageStatus.Done)
            {
                Attempts =
                [
                    new RouteAttempt
                    {
                        Provider = "openai",
                        Model = "text-embedding-3-small",
                        Outcome = RouteOutcome.Answered,
                        LeftMachine = leftMachine,
                    },
                ],
            },
        ]);
}
