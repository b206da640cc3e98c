using Microsoft.EntityFrameworkCore;
using Npgsql;
using Republic.Web.Http;

namespace Republic.Tests.Unit.Http;

/// <summary>What a request is answered with whose work threw.</summary>
public sealed class ErrorStatusTests
{
    [Theory]
    [InlineData(PostgresErrorCodes.CannotConnectNow, 503)]
    [InlineData(PostgresErrorCodes.AdminShutdown, 503)]
    [InlineData(PostgresErrorCodes.TooManyConnections, 503)]
    [InlineData(PostgresErrorCodes.ForeignKeyViolation, 409)]
    [InlineData(PostgresErrorCodes.CharacterNotInRepertoire, 400)]
    [InlineData(PostgresErrorCodes.UniqueViolation, 500)]
    public void What_the_database_refuses_is_told_from_a_database_that_is_away_for_a_while(string state, int status)
    {
        var refused = new PostgresException("said by the test", "ERROR", "ERROR", state);

        Assert.Equal(status, WebShell.StatusOf(new DbUpdateException("not saved", refused)));
    }

    [Fact]
    public void A_database_that_cannot_be_reached_is_tried_again_and_no_defect_of_ours_is()
    {
        var unreachable = new NpgsqlException("Failed to connect", new IOException());

        Assert.Equal(503, WebShell.StatusOf(unreachable));
        Assert.Equal(503, WebShell.StatusOf(new InvalidOperationException("likely a transient failure", unreachable)));
        Assert.Equal(500, WebShell.StatusOf(new InvalidOperationException("Sequence contains no elements")));
        Assert.Equal(500, WebShell.StatusOf(new TimeoutException()));
    }
}
