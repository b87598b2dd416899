import { handlers, workflow, type WorkflowContext, type WorkflowSharedContext } from "@restatedev/restate-sdk";

/** A workflow: runs once a key and waits, for days if it must, until somebody outside resolves its awakeable. */
export const invitation = workflow({
  name: "Invitation",
  handlers: {
    run: async (ctx: WorkflowContext, guest: string): Promise<string> => {
      const answer = ctx.awakeable<string>();
      ctx.set("awakeable", answer.id);
      ctx.console.info(`${guest} answers by resolving ${answer.id}`);

      const decision = await answer.promise;
      ctx.set("decision", decision);
      return `${guest} says: ${decision}`;
    },

    awakeable: handlers.workflow.shared(async (ctx: WorkflowSharedContext): Promise<string | null> => ctx.get<string>("awakeable")),
    decision: handlers.workflow.shared(async (ctx: WorkflowSharedContext): Promise<string | null> => ctx.get<string>("decision")),
  },
});
