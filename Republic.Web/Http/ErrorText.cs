namespace Republic.Web.Http;

/// <summary>What a status code means to a person: the fact, and the way on.</summary>
public sealed record ErrorText(string Fact, string WayOn, string Type)
{
    public string Sentence => $"{Fact} {WayOn}";

    public static ErrorText For(int status) =>
        status switch
        {
            400 => new("This request could not be read.", "Go back, check what you sent and try again.", "invalid_request_error"),
            401 => new("You are not signed in.", "Sign in and try again.", "authentication_error"),
            403 => new("This is not allowed.", "It needs other rights, or it came from another site.", "permission_error"),
            404 => new("There is nothing here.", "It may have been deleted, or it belongs to somebody else.", "not_found_error"),
            405 => new(
                "This address does not take that kind of request.",
                "Go back and use what the page offers, or see the documentation of the API.",
                "invalid_request_error"
            ),
            409 => new(
                "It was changed or deleted by another request at the same moment.",
                "Load it again, and try once more.",
                "invalid_request_error"
            ),
            413 => new("This is too large.", "Send less at once.", "invalid_request_error"),
            415 => new(
                "The content is of a kind that is not understood here.",
                "Send JSON with the header Content-Type: application/json, or a file as multipart/form-data.",
                "invalid_request_error"
            ),
            429 => new("Too many attempts.", "Wait a little and try again.", "rate_limit_error"),
            503 => new("A part of Republic is not ready.", "Try again in a few seconds.", "server_error"),
            >= 500 => new("Something went wrong here.", "It was not your doing, and it has been logged. Try again.", "server_error"),
            _ => new("This did not work.", "Go back and try again.", "invalid_request_error"),
        };
}
