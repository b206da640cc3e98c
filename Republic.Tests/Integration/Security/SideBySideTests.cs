using System.Security.Cryptography;
using System.Text.Json.Nodes;
using Microsoft.EntityFrameworkCore;
using Republic.Core.Accounts;
using Republic.Core.Data;
using Republic.Core.Knowledge;
using Republic.Core.Knowledge.Measuring;
using Republic.Core.Memories;
using Republic.Core.Providers.Prices;
using Republic.Core.Providers.Spending;
using Republic.Tests.World;

namespace Republic.Tests.Integration.Security;

/// <summary>Requests side by side: of those that each add one more, only as many are taken as are allowed.</summary>
public sealed class SideBySideTests(SharedRepublic republic) : IClassFixture<SharedRepublic>
{
    private const int AtOnce = 8;
    private static readonly DateTimeOffset Now = new(2026, 11, 1, 0, 0, 0, TimeSpan.Zero);

    private static CancellationToken Ct => TestContext.Current.CancellationToken;

    [Fact]
    public async Task A_person_has_no_more_access_tokens_than_allowed()
    {
        var person = await republic.NewPersonAsync("Tokina");
        await FillAsync(AccessTokens.MaxPerPerson - 1, i => Token(person.Id, i));

        await OneIsTakenAsync(person, "/api/account/tokens", i => new { name = $"token {i}" });
    }

    [Fact]
    public async Task A_minion_remembers_no_more_than_allowed()
    {
        var person = await republic.NewPersonAsync("Memora");
        var minion = await person.NewMinionAsync("keeper");
        await FillAsync(MemoryEditor.MostPerMinion - 1, i => Memory(person.Id, minion.Id, i));

        await OneIsTakenAsync(person, "/api/memories", i => new { minion_id = minion.Id, content = $"A new thing, number {i}." });
    }

    [Fact]
    public async Task A_person_sets_no_more_prices_than_allowed()
    {
        var person = await republic.NewPersonAsync("Pricia");
        await FillAsync(PriceOverrides.MostOfAPerson - 1, i => Price(person.Id, i));

        await OneIsTakenAsync(
            person,
            $"/api/users/{person.Id}/prices",
            i => new
            {
                provider = "openai",
                model = $"new-{i}",
                input = 1,
                output = 1,
            }
        );
    }

    [Fact]
    public async Task A_person_has_no_more_budgets_than_allowed()
    {
        var person = await republic.NewPersonAsync("Budgeta");
        var minions = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => person.NewMinionAsync($"spender-{i}")));
        await FillAsync(Budgets.MostOfAPerson - 1, _ => Budget(person.Id));

        await OneIsTakenAsync(
            person,
            $"/api/users/{person.Id}/budgets",
            i => new
            {
                scope = "minion",
                subject = minions[i].Id,
                monthly_usd = 1,
            }
        );
    }

    [Fact]
    public async Task A_collection_has_no_more_golden_questions_than_allowed()
    {
        var person = await republic.NewPersonAsync("Questiona");
        var collection = await republic.NewCollectionAsync(person.Id);
        var document = await republic.NewDocumentAsync(collection, "Membership costs twelve crowns a year.");
        var passage = await republic.QueryAsync(db => db.Passages.SingleAsync(p => p.DocumentId == document.Id, Ct));
        await FillAsync(GoldenQuestions.Most - 1, i => Question(passage, i));

        await OneIsTakenAsync(
            person,
            $"/api/users/{person.Id}/collections/{collection.Id}/questions",
            i => new { text = $"New question {i}?", passage_id = passage.Id }
        );
    }

    [Fact]
    public async Task What_is_deleted_while_it_is_changed_is_a_conflict_and_no_error()
    {
        var person = await republic.NewPersonAsync("Changea");
        var path = $"/api/users/{person.Id}/budgets";
        var id = (await person.Api.PostAsync(path, new { scope = "person", monthly_usd = 1 }))["budget"]!["id"]!.GetValue<Guid>();
        Task<JsonNode> change;
        await using (
            var deletion = await HeldTurn.TakeAsync(republic, db => db.Budgets.Where(budget => budget.Id == id).ExecuteDeleteAsync(Ct))
        )
        {
            change = person.Api.ProblemAsync(409, HttpMethod.Put, $"{path}/{id}", new { scope = "person", monthly_usd = 2 });
            await deletion.WaitedForAsync(1, "update");
        }

        Assert.Contains("at the same moment", (await change)["title"]!.GetValue<string>(), StringComparison.Ordinal);
    }

    private async Task FillAsync(int count, Func<int, object> entry) =>
        await republic.QueryAsync(db =>
        {
            db.AddRange(Enumerable.Range(0, count).Select(entry));
            return db.SaveChangesAsync(Ct);
        });

    private static async Task OneIsTakenAsync(Inhabitant person, string path, Func<int, object> body)
    {
        var answers = await Task.WhenAll(Enumerable.Range(0, AtOnce).Select(i => person.Api.SendAsync(HttpMethod.Post, path, body(i))));

        Assert.Equal([.. Enumerable.Repeat(409, AtOnce - 1).Prepend(answers.Min(Status))], answers.Select(Status).Order());
        Assert.InRange(answers.Min(Status), 200, 201);

        static int Status(HttpResponseMessage answer) => (int)answer.StatusCode;
    }

    private static AccessToken Token(Guid owner, int i) =>
        new()
        {
            OwnerId = owner,
            Name = $"script {i}",
            Hash = RandomNumberGenerator.GetBytes(32),
            Hint = "abcd",
            Scopes = [.. TokenScopes.All],
            CreatedAt = Now,
        };

    private static Memory Memory(Guid owner, Guid minion, int i) =>
        new()
        {
            OwnerId = owner,
            MinionId = minion,
            Content = $"Thing {i}",
            Status = MemoryStatus.Active,
            Source = MemorySource.Person,
            Hash = RandomNumberGenerator.GetBytes(32),
            CreatedAt = Now,
            UpdatedAt = Now,
        };

    private static GoldenQuestion Question(Passage passage, int i) =>
        new()
        {
            OwnerId = passage.OwnerId,
            CollectionId = passage.CollectionId,
            Text = $"Question {i}?",
            DocumentId = passage.DocumentId,
            Start = passage.Start,
            Length = passage.Length,
            CreatedAt = Now,
            UpdatedAt = Now,
        };

    private static PriceOverride Price(Guid owner, int i) =>
        new()
        {
            OwnerId = owner,
            Provider = "openai",
            Model = $"model-{i}",
            Input = 1,
            Output = 1,
            SetAt = Now,
        };

    private static Budget Budget(Guid owner) =>
        new()
        {
            OwnerId = owner,
            Scope = BudgetScope.Minion,
            Subject = $"{Guid.CreateVersion7()}",
            MonthlyUsd = 1,
            CreatedAt = Now,
            UpdatedAt = Now,
        };
}
