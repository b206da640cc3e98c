using Republic.Tests.World;

namespace Republic.Tests.Integration.Cli.Verbs;

/// <summary><c>republic rm</c>.</summary>
public sealed class RemoveTests : IAsyncDisposable
{
    private const string Phi = """{"id":"0198-a","model_id":"phi-3","custom_name":"Phi","status":"ready","bytes_total":2147483648}""";
    private const string Dependents = "GET /api/personal-models/0198-a/dependents";
    private const string Delete = "DELETE /api/personal-models/0198-a";

    private const string Nothing =
        """{"minions":[],"fallbacks":[],"adapters":[],"runs":[],"collections":[],"scenarios":[],"memories":false,"copies":[]}""";
    private const string Much = """
        {"minions":[{"id":"1","name":"Iris"},{"id":"2","name":"Bo\u001b[31mb"}],"fallbacks":[{"id":"3","name":"Cy"}],
         "adapters":[{"version":3,"minion":"Iris"}],"runs":[{"id":"4","name":"Tuesday","is_active":true},{"id":"5","name":"Monday","is_active":false}],
         "collections":[{"id":"6","name":"Law"}],"scenarios":[{"id":"8","name":"Review"}],"memories":true,"copies":[{"id":"7","name":"Phi small"}]}
        """;

    private readonly PlayedCommand command = new();

    public ValueTask DisposeAsync() => command.DisposeAsync();

    [Theory]
    [InlineData("y\n")]
    [InlineData("Y")]
    [InlineData(" yes \n")]
    public async Task It_names_what_depends_on_the_model_asks_and_deletes(string typed)
    {
        command.Has(Phi);
        command.Api.Says(Dependents, Much);
        command.Api.Answers(Delete, "204 No Content", "");
        command.Typed = typed;

        Assert.Equal(0, await command.RunAsync("rm", "phi"));

        Assert.Equal(
            """
            This depends on Phi:
              minions that answer with it: Iris, Bo [31mb
              minions that fall back on it: Cy
              adapters trained on it: version 3 of Iris
              training runs with it: Tuesday (not over), Monday
              collections searched with it: Law
              scenarios with a role that names it: Review
              copies made of it, which stay: Phi small
              your memories are searched with it

            """ + "Delete Phi (2 GB)? [y/N] ",
            command.Error
        );
        Assert.Equal("Phi is deleted.\n", command.Output);
        Assert.Equal([PlayedCommand.List, Dependents, Delete], command.Api.Asked);
    }

    [Theory]
    [InlineData("n\n")]
    [InlineData("\n")]
    [InlineData("")]
    [InlineData("yesterday\n")]
    public async Task Without_a_yes_the_model_stays(string typed)
    {
        command.Has(Phi);
        command.Api.Says(Dependents, Nothing);
        command.Typed = typed;

        Assert.Equal(1, await command.RunAsync("rm", "Phi"));

        Assert.Equal("Nothing depends on Phi.\nDelete Phi (2 GB)? [y/N] Nothing was deleted.\n", command.Error);
        Assert.Equal([PlayedCommand.List, Dependents], command.Api.Asked);
    }

    [Fact]
    public async Task Without_a_terminal_it_needs_a_yes_in_the_command()
    {
        command.Has(Phi);
        command.Api.Says(Dependents, Much);

        Assert.Equal(2, await command.RunAsync("rm", "Phi"));

        Assert.StartsWith("This depends on Phi:\n  minions that answer with it: Iris", command.Error, StringComparison.Ordinal);
        Assert.EndsWith(
            "\nNothing was deleted, because there is no terminal to ask in. To delete Phi, add --yes.\n",
            command.Error,
            StringComparison.Ordinal
        );
        Assert.Equal([PlayedCommand.List, Dependents], command.Api.Asked);
    }

    [Fact]
    public async Task With_a_yes_in_the_command_nothing_is_asked()
    {
        command.Has(Phi);
        command.Api.Answers(Delete, "204 No Content", "");

        Assert.Equal(0, await command.RunAsync("rm", "--yes", "Phi"));

        Assert.Equal(("Phi is deleted.\n", ""), (command.Output, command.Error));
        Assert.Equal([PlayedCommand.List, Delete], command.Api.Asked);
    }

    [Fact]
    public async Task Many_that_depend_on_it_are_counted()
    {
        command.Has(Phi);
        command.Api.Says(
            Dependents,
            $$"""{"minions":[{{string.Join(',', Enumerable.Range(1, 12).Select(i => $$"""{"id":"{{i}}","name":"M{{i}}"}"""))}}]}"""
        );

        Assert.Equal(2, await command.RunAsync("rm", "Phi"));

        Assert.Contains("M9, M10 and 2 more\n", command.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_refusal_of_the_server_is_printed_as_it_is()
    {
        command.Has(Phi);
        command.Api.Refuses(Delete, "409 Conflict", "The training run “Tuesday” works with this model. Stop it first.");

        Assert.Equal(1, await command.RunAsync("rm", "Phi", "--yes"));

        Assert.Equal(("", "The training run “Tuesday” works with this model. Stop it first.\n"), (command.Output, command.Error));
    }

    [Theory]
    [InlineData("rm", "--yes")]
    [InlineData("mv", "New")]
    [InlineData("test")]
    [InlineData("pause")]
    [InlineData("resume")]
    [InlineData("stop")]
    [InlineData("pin")]
    [InlineData("unpin")]
    [InlineData("set", "--context=default")]
    [InlineData("quantize", "Q8_0")]
    [InlineData("versions")]
    [InlineData("rollback")]
    public async Task No_verb_does_anything_to_a_model_that_is_not_there_or_is_two(string verb, params string[] more)
    {
        command.Has(Phi, Phi.Replace("-a", "-b"));

        Assert.Equal((1, 1), (await command.RunAsync(verb, ["nobody", .. more]), await command.RunAsync(verb, ["Phi", .. more])));

        Assert.Equal(
            """
            None of your personal models is called nobody. republic list shows them.
            Phi is the name of 2 models. Give an id: 0198-a (Phi, ready), 0198-b (Phi, ready).

            """,
            command.Error
        );
        Assert.Equal([PlayedCommand.List, PlayedCommand.List], command.Api.Asked);
        Assert.Equal("", command.Output);
    }
}
