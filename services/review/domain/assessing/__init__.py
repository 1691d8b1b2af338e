"""One household on one day: who counts, what they have, whether they qualify, for how much.

Pure. The numbers and switches are the policy's (`household.`, `income.`, `property.`, `amount.`).
"""
