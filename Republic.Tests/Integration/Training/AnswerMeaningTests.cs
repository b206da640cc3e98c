using System.Net;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Republic.Core;
using Republic.Core.Datasets.Versions;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Embedding;
using Republic.Core.Providers.Calls;
using Republic.Core.Providers.Routing;
using Republic.Core.Training.Gate;
using Republic.Core.Training.Measuring;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Training;

public sealed class AnswerMeaningTests(SharedRepublic republic) : IClassFixture<SharedRepublic>, IAsyncDisposable
{
    private static readonly AnswerPair Car = new("You can keep the car in the garage.", "It is fine to leave your automobile in there.");
    private static readonly AnswerPair Cat = Car with { After = "It is fine to leave your kitten in there." };
    private static readonly AnswerPair Days = new("You can keep the car for 3 days.", "It is fine to leave your automobile for 4 days.");
    private readonly FakeVendor vendor = new();

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    private EmbeddingModel Model => new("custom", "vendor-embed", vendor.BaseUrl.AbsoluteUri);

    [Fact]
    public async Task Answers_of_one_meaning_are_the_same_and_only_doubtful_ones_are_asked_for()
    {
        vendor.Embeds();

        var same = await SameAsync(republic.Jonas, Car, Cat, Days);

        Assert.Equal(Car, Assert.Single(same.Value!));
        var asked = vendor.Requests.SelectMany(request => request.Body!["input"]!.AsArray()).Select(text => (string)text!);
        Assert.Equal([Car.Before, Car.After, Cat.After], asked);
        // What the minion was asked in chats may be among them.
        Assert.False(await republic.QueryAsync(db => db.StoredVectors.AnyAsync(v => v.OwnerId == republic.Jonas.Id, Ct)));
        var call = await Until.SomethingAsync(async () =>
            await republic.QueryAsync(db => db.Set<ModelCall>().FirstOrDefaultAsync(c => c.OwnerId == republic.Jonas.Id, Ct))
        );
        Assert.Equal((CallPurpose.Training, "vendor-embed"), (call.Purpose, call.Model));
    }

    [Fact]
    public async Task A_model_that_cannot_be_asked_leaves_it_to_the_words()
    {
        vendor.Refuses(HttpStatusCode.BadRequest, "No such model");

        var same = await SameAsync(republic.Ada, Car);

        Assert.Equal(FailureKind.Upstream, same.Failure!.Kind);
        Assert.Contains("No such model", same.Failure.Message);
    }

    [Fact]
    public async Task Vectors_that_are_no_numbers_keep_nothing()
    {
        vendor.Embeds(_ => [float.NaN, 1]);

        var same = await SameAsync(republic.Mira, Car);

        Assert.True(!same.Ok || same.Value.Count == 0);
    }

    [Fact]
    public async Task Questions_that_a_row_asks_in_other_words_are_found_and_their_neighbours_are_not()
    {
        vendor.Embeds(text =>
            text switch
            {
                "How far is it?" => [1, 0],
                "What is the distance?" => [0.81f, 0.586f],
                "How near is it?" => [0.79f, 0.613f],
                _ => [0, 1],
            }
        );

        var same = await republic
            .Services.GetRequiredService<AnswerMeaning>()
            .AskedByRowsAsync(republic.Jonas.Id, Model, ["What is the distance?", "How near is it?"], ["Something", "How far is it?"], Ct);

        var one = Assert.Single(same.Value!);
        Assert.Equal(("What is the distance?", "How far is it?"), (one.Key, one.Value));
    }

    [Fact]
    public async Task Rows_whose_answers_share_no_word_with_their_questions_are_told_from_mixed_up_ones_by_meaning()
    {
        // Each question and its answer lie in one direction of their own.
        vendor.Embeds(text => [.. Enumerable.Range(0, 12).Select(i => text.EndsWith($" {i}", StringComparison.Ordinal) ? 1f : 0.1f)]);
        var rows = Enumerable.Range(0, 12).Select(i => Row(i, $"Question {i}", $"Reply {i}")).ToList();
        var mixed = rows.Select((row, i) => Row(i, $"Question {i}", $"Reply {(i + 5) % rows.Count}")).ToList();

        Assert.True(await OverlapAsync(rows) is { Low: > 0.5 });
        Assert.False(await OverlapAsync(mixed) is { Low: > 0 });
    }

    public ValueTask DisposeAsync() => vendor.DisposeAsync();

    private static SampleRow Row(int number, string question, string answer) =>
        new(number, number, $"{number}", 1, 20, 5, false, 1, [new("user", question), new("assistant", answer)], number);

    private async Task<ConfidenceInterval?> OverlapAsync(IReadOnlyList<SampleRow> rows) =>
        (await republic.Services.GetRequiredService<AnswerMeaning>().OverlapAsync(republic.Jonas.Id, Model, rows, seed: 1, Ct)).Value;

    private Task<Outcome<IReadOnlySet<AnswerPair>>> SameAsync(Inhabitant person, params AnswerPair[] pairs) =>
        republic.Services.GetRequiredService<AnswerMeaning>().SameAsync(person.Id, Model, pairs, Ct);
}
