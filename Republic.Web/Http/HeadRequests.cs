namespace Republic.Web.Http;

/// <summary>HEAD goes wherever GET does, and has the same answer without its body, which the server leaves out by itself.</summary>
internal static class HeadRequests
{
    /// <summary>Finds the endpoint; it then sees the method that was sent, so that files are not read for nothing.</summary>
    public static void UseRoutingWithHead(this IApplicationBuilder app)
    {
        app.Use(
            (context, next) =>
            {
                if (HttpMethods.IsHead(context.Request.Method))
                {
                    context.Items[typeof(HeadRequests)] = true;
                    context.Request.Method = HttpMethods.Get;
                }

                return next(context);
            }
        );
        app.UseRouting();
        app.Use(
            (context, next) =>
            {
                if (context.Items.Remove(typeof(HeadRequests)))
                {
                    context.Request.Method = HttpMethods.Head;
                }

                return next(context);
            }
        );
    }
}
