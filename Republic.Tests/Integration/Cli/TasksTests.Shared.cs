namespace Republic.Tests.Integration.Cli;

/// <summary>Tasks that others share with the person.</summary>
public sealed partial class TasksTests
{
    private const string Others = """
        {"id":"0198-s","owner_id":"0198-q","number":53,"title":"Lay out the garden","status":"IN_PROGRESS","assigned_to":"0198-p"}
        """;

    [Fact]
    public async Task A_task_of_somebody_else_names_its_owner_and_nothing_is_asked_of_its_minions_work()
    {
        api.Says("GET /api/tasks?shared=true&limit=200", $$"""{"tasks":[{{Others}}]}""");
        api.Says("GET /api/tasks?q=T-53&shared=true&limit=200", $$"""{"tasks":[{{Others}}]}""");
        api.Says("GET /api/tasks/0198-s", $$"""{"task":{{Others}}}""");
        api.Says("GET /api/tasks/0198-s/comments?limit=200", """{"comments":[]}""");

        Assert.Equal((0, 0), (await RunAsync("--shared"), await RunAsync("show", "T-53", "--shared")));

        Assert.Equal(
            $"""
            Task  Shared by  Status       Done by  Title
            T-53  Ada        in progress  Mira     Lay out the garden
            T-53  Lay out the garden

            Status     in progress
            Shared by  Ada
            Done by    Mira
            Page       {api.Url}/tasks/0198-s

            """,
            output.ToString()
        );
        Assert.Equal("", error.ToString());
        Assert.DoesNotContain(api.Asked, door => door.Contains("attempts", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_number_that_nobody_shares_or_two_people_do_changes_nothing()
    {
        api.Says("GET /api/tasks?q=T-53&shared=true&limit=200", $$"""{"tasks":[{{Others}},{{Others}}]}""");
        api.Says("GET /api/tasks?q=T-5&shared=true&limit=200", $$"""{"tasks":[{{Others}}]}""");
        api.Says("GET /api/tasks?q=T-5&shared=true&status=ARCHIVED&limit=200", """{"tasks":[]}""");

        Assert.Equal((1, 1), (await RunAsync("move", "T-53", "done", "--shared"), await RunAsync("comment", "T-5", "Fine.", "--shared")));

        Assert.Equal(
            $"""
            2 people share a task T-53 with you. {api.Url}/tasks/shared shows them.
            Nobody there shares a task T-5 with you. republic tasks --shared shows what is shared.

            """,
            error.ToString()
        );
        Assert.DoesNotContain(api.Asked, door => door.StartsWith("POST", StringComparison.Ordinal));
    }
}
